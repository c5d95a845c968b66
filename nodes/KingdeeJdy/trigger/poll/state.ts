import { isRecord } from '../../gateway/json/json';
import { readNodeData, writeNodeData } from '../state/nodeData';
import type { Place } from '../state/nodeData';

/** The key in the node's static data. */
const KEY = 'kingdeeJdy';

/** What a position belongs to. */
export interface Scope {
	/** Names what is watched, in which account: another one starts anew. */
	watched: string;
	/** Names the filters: they choose among what is watched, and others go on from the same position. */
	filters: string;
	/** Whether the filters hold an expression: then they change although nobody has edited them. */
	isMoving: boolean;
	/** What earlier builds named both by. */
	earlier: string;
}

export interface Kept<P> {
	position: P;
	/** Whether the position was reached with these filters. */
	hasSameFilters: boolean;
}

/** Earlier builds wrote one digest of both: if the filters move, it cannot be recognised and is taken as it is. */
function belongsTo(kept: Record<string, unknown>, { watched, earlier, isMoving }: Scope): boolean {
	return 'filters' in kept ? kept.scope === watched : kept.scope === earlier || isMoving;
}

/**
 * The position that this node has reached in what it watches.
 *
 * @param readPosition a stored position; undefined if it is none of this kind
 */
export function readState<P>(context: Place, scope: Scope, readPosition: (value: unknown) => P | undefined): Kept<P> | undefined {
	const ours = (value: unknown): Kept<P> | undefined => {
		if (!isRecord(value) || !belongsTo(value, scope)) return undefined;
		const position = readPosition(value.position);
		const hasSameFilters = value.filters === undefined ? value.scope === scope.earlier : value.filters === scope.filters;
		return position === undefined ? undefined : { position, hasSameFilters };
	};
	return ours(readNodeData(context, KEY, (value) => ours(value) !== undefined));
}

/** Writes the whole state at once: what is watched, by which filters, and how far that has been read. */
export function writeState(context: Place, { watched, filters }: Scope, position: object): void {
	writeNodeData(context, KEY, { scope: watched, filters, position });
}
