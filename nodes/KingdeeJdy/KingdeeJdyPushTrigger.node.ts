import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { CREDENTIAL_NAME } from './gateway/credential/credential';
import { processState } from './gateway/state';
import { execute } from './trigger/push/execute';
import { loadOptions } from './trigger/push/methods';
import { pushPanel, pushProperties } from './trigger/push/properties';
import { receive } from './trigger/push/receive';

export class KingdeeJdyPushTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee JDY Push Trigger',
		name: 'kingdeeJdyPushTrigger',
		icon: { light: 'file:kingdeeJdy.svg', dark: 'file:kingdeeJdy.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["readBack"] ? "read back" : "unverified" }}',
		description: 'Starts the workflow when Kingdee JDY (金蝶精斗云 / 云星辰) pushes a message',
		defaults: { name: 'Kingdee JDY Push Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_NAME, required: true, displayOptions: { show: { readBack: [true] } } }],
		// With a text here n8n would answer that very text, and without this "firstEntryJson"; blank, what `webhook` returns.
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'webhook' }],
		triggerPanel: pushPanel,
		properties: pushProperties,
	};

	methods = { loadOptions };

	/** The address is entered in JDY's console by hand: no call is known that does it. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, processState);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await execute(this, processState)];
	}
}
