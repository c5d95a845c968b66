import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/**
 * What people use today: n8n's own request helper with the credential, as the HTTP Request node sends. An answer with
 * HTTP 2xx is a success, anything else an error of its item; nothing looks at the errcode.
 */
export class SignedSave implements INodeType {
	description = {
		displayName: 'Signed Save',
		name: 'signedSave',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Signed Save' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'kingdeeJdyApi', required: true }],
		properties: [{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 0 }],
	} as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		const { gatewayUrl } = await this.getCredentials('kingdeeJdyApi');
		for (const [item, { json: data }] of this.getInputData().entries()) {
			const request = {
				method: 'POST' as const,
				uri: `${String(gatewayUrl)}/jdy/v2/cust/save`,
				body: { biz_type: 'ts_1', data },
				json: true,
				timeout: this.getNodeParameter('timeout', item) as number,
			};
			try {
				const answer = (await this.helpers.requestWithAuthentication.call(this, 'kingdeeJdyApi', request)) as IDataObject;
				output.push({ json: typeof answer === 'object' && answer !== null ? answer : { data: answer }, pairedItem: { item } });
			} catch (error) {
				// The user reads "error" and takes the document for not saved.
				output.push({ json: { error: (error as Error).message, details: { outcome: 'rejected' } }, pairedItem: { item } });
			}
		}
		return [output];
	}
}
