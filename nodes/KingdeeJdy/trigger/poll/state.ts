import { isRecord } from '../../gateway/json';
import { readNodeData, writeNodeData } from '../nodeData';
import type { Place } from '../nodeData';
import type { Snapshot } from './comparison';
import type { Given } from './given';
import type { Position } from './readWindow';

/** The key in the node's static data. */
const KEY = 'kingdeeJdy';

function isMoment(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value);
}

function isDigests(value: unknown): value is Record<string, string> {
	return isRecord(value) && Object.values(value).every((digest) => typeof digest === 'string');
}

function isGiven(value: unknown): value is Given {
	return (
		isRecord(value) && isMoment(value.untilMs) && isDigests(value.digests) && (value.keepUntilMs === undefined || isMoment(value.keepUntilMs))
	);
}

export function isPosition(value: unknown): value is Position {
	return isRecord(value) && isMoment(value.fromMs) && isMoment(value.untilMs) && Array.isArray(value.given) && value.given.every(isGiven);
}

export function isSnapshot(value: unknown): value is Snapshot {
	return isRecord(value) && isDigests(value.digests) && typeof value.isWhole === 'boolean' && typeof value.greatestId === 'string';
}

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

/** The position that this node has reached in what it watches. */
export function readState<P>(context: Place, scope: Scope, isKnown: (value: unknown) => value is P): Kept<P> | undefined {
	const isOurs = (value: unknown): value is { position: P; filters?: string; scope: string } =>
		isRecord(value) && belongsTo(value, scope) && isKnown(value.position);
	const kept = readNodeData(context, KEY, isOurs);
	if (!isOurs(kept)) return undefined;
	return { position: kept.position, hasSameFilters: kept.filters === undefined ? kept.scope === scope.earlier : kept.filters === scope.filters };
}

/** Writes the whole state at once: what is watched, by which filters, and how far that has been read. */
export function writeState<P>(context: Place, { watched, filters }: Scope, position: P): void {
	writeNodeData(context, KEY, { scope: watched, filters, position });
}
