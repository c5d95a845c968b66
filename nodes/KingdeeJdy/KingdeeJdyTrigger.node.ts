import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { CREDENTIAL_NAME } from './gateway/credential/credential';
import { processState } from './gateway/state';
import { subtitleOf } from './shared/parameters/subtitle';
import { listSearch, resourceMapping } from './trigger/poll/methods';
import { runPoll } from './trigger/poll/poll';
import { pollProperties } from './trigger/poll/properties';

export class KingdeeJdyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee JDY Trigger',
		name: 'kingdeeJdyTrigger',
		icon: { light: 'file:kingdeeJdy.svg', dark: 'file:kingdeeJdy.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: subtitleOf('event', { record: 'type', customDocument: 'bizType' }),
		// n8n's node panel shows it, and not that of the node Kingdee JDY, for the one entry that the two share there.
		description: 'Read, save, audit and delete documents and master data in Kingdee JDY (金蝶精斗云 / 云星辰), or start the workflow when they are created or changed',
		defaults: { name: 'Kingdee JDY Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		properties: pollProperties,
	};

	methods = { listSearch, resourceMapping };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, processState);
	}
}
