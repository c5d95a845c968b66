/**
 * Whether a node is a tool of an AI agent or of an MCP server. n8n makes a node of its own of each that is usable as a tool, and
 * names its type after it: `kingdeeJdyTool`. It is run with `execute` and one input item for each call.
 */
export function isTool({ type }: { type: string }): boolean {
	return type.endsWith('Tool');
}
