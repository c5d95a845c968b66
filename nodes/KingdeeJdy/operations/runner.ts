import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { GatewayState } from '../gateway/state';
import type { Operation, Settings } from '../shared/contract/operation';
import { runItems } from '../shared/runner/items';

/** Runs an operation for all items of a node. */
export type Runner = (context: IExecuteFunctions, state: GatewayState) => Promise<INodeExecutionData[]>;

/** An operation as a node runs it, whatever it reads for its items. */
export function runner<P extends Settings>(operation: Operation<P>): Runner {
	return async (context, state) => await runItems(context, state, operation);
}
