import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

export interface PollOptions {
	workflowId: string;
	parameters: IDataObject;
	credential: ICredentialDataDecryptedObject;
	httpRequest: (options: IHttpRequestOptions) => Promise<unknown>;
	/** Of the node. */
	staticData: IDataObject;
	/** Of the workflow. */
	workflowData?: IDataObject;
	mode?: 'trigger' | 'manual';
	logs?: string[];
}

/** What n8n hands a node that polls, as far as this one asks for it. */
export function pollContext({ workflowId, parameters, credential, httpRequest, staticData, workflowData = {}, mode = 'trigger', logs = [] }: PollOptions): IPollFunctions {
	const node = { id: 'trigger', name: 'Kingdee JDY Trigger', type: 'kingdeeJdyTrigger', typeVersion: 1, position: [0, 0], parameters };
	const log = (message: string) => void logs.push(message);
	return {
		getNode: () => node,
		getWorkflow: () => ({ id: workflowId, name: workflowId, active: true }),
		getMode: () => mode,
		getActivationMode: () => 'activate',
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getWorkflowStaticData: (type: string) => (type === 'node' ? staticData : workflowData),
		getCredentials: async () => credential,
		getTimezone: () => 'Asia/Shanghai',
		getPollBudgetMs: () => 240_000,
		helpers: { httpRequest },
		logger: { info: log, warn: log, debug: log, error: log },
	} as unknown as IPollFunctions;
}
