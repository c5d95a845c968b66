import { isRecord } from '../../gateway/json/json';
import { readNodeData, writeNodeData } from '../state/nodeData';
import type { NodeContext } from '../state/nodeData';

/** The key in the node's static data. */
const KEY = 'kingdeeJdy';

/** What a cursor belongs to. */
export interface Scope {
	/** Names what is watched, in which account: another one starts anew. */
	watched: string;
	/** Names the filters: they choose among what is watched, and others go on from the same cursor. */
	filters: string;
	/** Whether the filters hold an expression: then they change although the user has not edited them. */
	isMoving: boolean;
	/** What earlier builds named both by. */
	earlier: string;
}

export interface StoredCursor<P> {
	cursor: P;
	/** Whether the cursor was reached with these filters. */
	hasSameFilters: boolean;
}

/** Earlier builds wrote one digest of both: if the filters move, it cannot be recognised and is taken as it is. */
function belongsTo(kept: Record<string, unknown>, { watched, earlier, isMoving }: Scope): boolean {
	return 'filters' in kept ? kept.scope === watched : kept.scope === earlier || isMoving;
}

/**
 * The cursor of this node in what it watches.
 *
 * @param readCursor a stored cursor; undefined if it is none of this kind
 */
export function readState<P>(context: NodeContext, scope: Scope, readCursor: (value: unknown) => P | undefined): StoredCursor<P> | undefined {
	const ours = (value: unknown): StoredCursor<P> | undefined => {
		if (!isRecord(value) || !belongsTo(value, scope)) return undefined;
		const cursor = readCursor(value.position);
		const hasSameFilters = value.filters === undefined ? value.scope === scope.earlier : value.filters === scope.filters;
		return cursor === undefined ? undefined : { cursor, hasSameFilters };
	};
	return ours(readNodeData(context, KEY, (value) => ours(value) !== undefined));
}

/** Writes the whole state at once: what is watched, by which filters, and how far that has been read. */
export function writeState(context: NodeContext, { watched, filters }: Scope, cursor: object): void {
	writeNodeData(context, KEY, { scope: watched, filters, position: cursor });
}
