import { isTool } from '../../nodes/KingdeeJdy/shared/contract/tool.ts';

describe('a node as a tool', () => {
	it.each([
		['n8n-nodes-kingdee-jdy.kingdeeJdyTool', true],
		['n8n-nodes-kingdee-jdy.kingdeeJdyCustomSaveTool', true],
		['CUSTOM.kingdeeJdyTool', true],
		['n8n-nodes-kingdee-jdy.kingdeeJdy', false],
		['n8n-nodes-kingdee-jdy.kingdeeJdyTrigger', false],
		['n8n-nodes-base.toolbox', false],
	])('is known by its type: %s', (type, expected) => {
		expect(isTool({ type })).toBe(expected);
	});
});
