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
		properties: [
			{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 0 },
			{ displayName: 'Items per Batch', name: 'batchSize', type: 'number', default: 1 },
		],
	} as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		const { gatewayUrl } = await this.getCredentials('kingdeeJdyApi');
		const batchSize = this.getNodeParameter('batchSize', 0, 1) as number;
		const items = this.getInputData();

		const send = async (item: number): Promise<INodeExecutionData> => {
			const request = {
				method: 'POST' as const,
				uri: `${String(gatewayUrl)}/jdy/v2/cust/save`,
				body: { biz_type: 'ts_1', data: items[item]?.json },
				json: true,
				timeout: this.getNodeParameter('timeout', item) as number,
			};
			try {
				const answer = (await this.helpers.requestWithAuthentication.call(this, 'kingdeeJdyApi', request)) as IDataObject;
				return { json: typeof answer === 'object' && answer !== null ? answer : { data: answer }, pairedItem: { item } };
			} catch (error) {
				// The user reads "error" and takes the document for not saved.
				return { json: { error: { message: (error as Error).message, outcome: 'rejected' } }, pairedItem: { item } };
			}
		};

		const left = [...items.keys()];
		while (left.length > 0) output.push(...(await Promise.all(left.splice(0, batchSize).map(send))));
		return [output];
	}
}
