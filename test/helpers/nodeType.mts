import type { INodeType } from 'n8n-workflow';

/** The full names of the node types, as n8n knows an installed package's. */
export const KINGDEE_JDY = 'n8n-nodes-kingdee-jdy.kingdeeJdy';
export const NODE_TYPE = 'n8n-nodes-kingdee-jdy.kingdeeJdyCustomSave';
export const PUSH_TRIGGER = 'n8n-nodes-kingdee-jdy.kingdeeJdyPushTrigger';
export const POLL_TRIGGER = 'n8n-nodes-kingdee-jdy.kingdeeJdyTrigger';

/** n8n names the type that it makes of a node for agents. */
export function asTool(type: INodeType, { isTool = false }: { isTool?: boolean }): INodeType {
	if (isTool) type.description = { ...type.description, name: `${type.description.name}Tool` };
	return type;
}
