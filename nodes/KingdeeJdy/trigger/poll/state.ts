import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../gateway/json';
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

/** The position for these settings; undefined where there is none: other settings start anew. */
export function readState<P>(data: IDataObject, scope: string, isKnown: (value: unknown) => value is P): P | undefined {
	const kept: unknown = data[KEY];
	if (!isRecord(kept) || kept.scope !== scope) return undefined;
	// n8n watches its object for changes: what is worked with is a copy.
	const position: unknown = JSON.parse(JSON.stringify(kept.position ?? null));
	return isKnown(position) ? position : undefined;
}

/** Writes the whole state at once: for which settings of the node, and how far they have been read. */
export function writeState<P>(data: IDataObject, scope: string, position: P): void {
	data[KEY] = { scope, position } as unknown as IDataObject;
}
