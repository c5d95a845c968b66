import { isRecord } from '../../../gateway/json/json';

/** How far a list has been read, on the gateway's clock, in ms. */
export interface Cursor {
	/** Where the next window begins. */
	fromMs: number;
	/** Up to where everything was read. */
	untilMs: number;
	/** When that was. */
	readAtMs: number;
	emitted: Emitted;
}

/** What was emitted, and can be shown again without a change, by the keys of the documents. */
export type Emitted = ReadonlyMap<string, EmittedDocument>;

export interface EmittedDocument {
	/** Its digests, see `written`. */
	digests: string;
	/** It was stamped no later than this when it was read. */
	untilMs: number;
	/** Set if it may be shown with a later stamp all the same, up to this: of its creation, or because it changed while it was read. */
	keepUntilMs?: number | undefined;
	/** In how many windows in a row it was missing that should have shown it. */
	missed: number;
}

/** Documents with the same times, as they are stored. */
interface Group {
	untilMs: number;
	keepUntilMs?: number | undefined;
	digests: Record<string, string>;
}

function isMoment(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value);
}

function isGroup(value: unknown): value is Group {
	if (!isRecord(value) || !isMoment(value.untilMs) || !isRecord(value.digests)) return false;
	return Object.values(value.digests).every((text) => typeof text === 'string') && (value.keepUntilMs === undefined || isMoment(value.keepUntilMs));
}

/** A stored cursor; undefined if it is none. Earlier builds stored neither when they read nor what was missing. */
export function readCursor(value: unknown): Cursor | undefined {
	if (!isRecord(value) || !isMoment(value.fromMs) || !isMoment(value.untilMs)) return undefined;
	if (!Array.isArray(value.given) || !value.given.every(isGroup)) return undefined;
	const missed = new Map(Object.entries(isRecord(value.missed) ? value.missed : {}));
	const emitted = value.given.flatMap(({ untilMs, keepUntilMs, digests }) =>
		Object.entries(digests).map(([key, text]): [string, EmittedDocument] => {
			const count = missed.get(key);
			return [key, { digests: text, untilMs, keepUntilMs, missed: isMoment(count) ? count : 0 }];
		}),
	);
	return { fromMs: value.fromMs, untilMs: value.untilMs, readAtMs: isMoment(value.readAtMs) ? value.readAtMs : value.untilMs, emitted: new Map(emitted) };
}

/** The cursor as it is stored. */
export function storeCursor({ emitted, ...times }: Cursor): object {
	const groups = new Map<string, Group>();
	for (const [key, { digests, untilMs, keepUntilMs }] of emitted) {
		const name = `${untilMs} ${keepUntilMs}`;
		const group = groups.get(name) ?? { untilMs, ...(keepUntilMs !== undefined && { keepUntilMs }), digests: {} };
		group.digests[key] = digests;
		groups.set(name, group);
	}
	const missed = [...emitted].flatMap(([key, document]) => (document.missed > 0 ? [[key, document.missed]] : []));
	return { ...times, given: [...groups.values()], ...(missed.length > 0 && { missed: Object.fromEntries(missed) as Record<string, number> }) };
}
