import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** Shows the user a hint at the output of a run. Tools have no place for hints before n8n 1.119: there it is left out. */
export function addHint(context: IExecuteFunctions, message: string, more: Omit<NodeExecutionHint, 'message'> = {}): void {
	const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = context;
	addExecutionHints?.call(context, { message, ...more });
}
