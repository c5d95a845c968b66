import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData, INodeType } from 'n8n-workflow';

/** A node that sends any request with the credential through one of n8n's two request helpers. */
export class SignedRequest implements INodeType {
	description = {
		displayName: 'Signed Request',
		name: 'signedRequest',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Signed Request' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'kingdeeJdyApi', required: true }],
		properties: [{ displayName: 'Request', name: 'request', type: 'json', default: '{}' }],
	} as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { isLegacy, ...request } = this.getNodeParameter('request', 0) as unknown as IHttpRequestOptions & { isLegacy?: boolean };
		const answer: unknown = isLegacy
			? await this.helpers.requestWithAuthentication.call(this, 'kingdeeJdyApi', request)
			: await this.helpers.httpRequestWithAuthentication.call(this, 'kingdeeJdyApi', request);
		return [[{ json: { answer: typeof answer === 'string' ? JSON.parse(answer) : answer }, pairedItem: { item: 0 } }]];
	}
}
