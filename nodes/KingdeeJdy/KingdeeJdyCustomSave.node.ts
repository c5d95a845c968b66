import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { CREDENTIAL_NAME } from './gateway/credential/credential';
import { processState } from './gateway/state';
import { customSave } from './operations/customSave';
import { chooseFields } from './operations/customSave/chooseFields';
import { TOOL_DESCRIPTION, builderHint, hints } from './operations/customSave/guidance';
import { properties } from './operations/customSave/properties';
import { editorMethods } from './shared/connection/runtime';
import { runItems } from './shared/runner/items';

export class KingdeeJdyCustomSave implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kingdee JDY Custom Save',
		name: 'kingdeeJdyCustomSave',
		icon: { light: 'file:kingdeeJdy.svg', dark: 'file:kingdeeJdy.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle: '={{ $parameter["bizType"] }}',
		description: 'Save custom documents in Kingdee JDY (金蝶精斗云 / 云星辰)',
		defaults: { name: 'Kingdee JDY Custom Save' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: { replacements: { description: TOOL_DESCRIPTION } },
		builderHint,
		hints,
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		properties,
	};

	methods = { resourceMapping: editorMethods({ getFields: chooseFields(processState) }) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, processState, customSave)];
	}
}
