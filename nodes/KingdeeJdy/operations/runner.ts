import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Memory } from '../gateway/state';
import type { Operation, Settings } from '../shared/contract/operation';
import { runItems } from '../shared/runner/items';

/** Runs an operation for all items of a node. */
export type Runner = (context: IExecuteFunctions, memory: Memory) => Promise<INodeExecutionData[]>;

/** An operation as a node runs it, whatever it reads for its items. */
export function runner<P extends Settings>(operation: Operation<P>): Runner {
	return async (context, memory) => await runItems(context, memory, operation);
}
