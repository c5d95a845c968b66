import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { CREDENTIAL_NAME } from './gateway/credential/credential';
import { processState } from './gateway/state';
import { properties, runNode } from './operations';
import { listSearch, loadOptions, resourceMapping } from './operations/methods';
import { subtitleOf } from './shared/parameters/subtitle';

export class KingdeeJdy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee JDY',
		name: 'kingdeeJdy',
		icon: { light: 'file:kingdeeJdy.svg', dark: 'file:kingdeeJdy.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: subtitleOf('operation', { record: 'type', customDocument: 'bizType', report: 'report', api: 'call' }),
		description: 'Read, save, audit and delete documents and master data in Kingdee JDY (金蝶精斗云 / 云星辰), and read its reports',
		defaults: { name: 'Kingdee JDY' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: {
			replacements: {
				description:
					'Reads, saves, audits and deletes documents and master data in the Kingdee JDY ERP, reads its reports, and calls its API. Save, Audit, Unaudit, Delete, Close, Push Down and API calls other than GET change the real books of a company at once and cannot be undone by running them again. An outcome of "unknown" may have been done: look before you repeat it.',
			},
		},
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		properties,
	};

	methods = { listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runNode(this, processState)];
	}
}
