import type { ProbeContext } from './context.mts';
import type { Word } from './words.mts';

/** `confirmed`: it is so. `contradicted`: it is otherwise. `open`: this account does not show it. */
export type Verdict = 'confirmed' | 'contradicted' | 'open';

/** Shapes, counts, codes and times only. Names that end in `Ms` or `Seconds` are times. */
export type Seen = Record<string, number | boolean | Word>;

export interface Finding {
	verdict: Verdict;
	seen: Seen;
	/** What it means for the settings; nothing where nothing has to be set. */
	advice?: string;
	/** Whether what needs this line can go on. @default whether it is confirmed */
	passes?: boolean;
}

export const LAYERS = ['Network and TLS', 'Signature', 'Account and token', 'Modules', 'Lists', 'Master data', 'Custom documents', 'Speed and connection', 'Writing'] as const;

/** One assumption that the package or its documentation makes about the gateway, and how an account shows whether it holds. */
export interface Probe {
	id: string;
	layer: (typeof LAYERS)[number];
	assumption: string;
	/** As in docs/protocol.md; `-`: differs between accounts. */
	mark: 'D' | 'S' | 'C' | 'R' | '1' | '?' | '-';
	/** Heading in docs/protocol.md. */
	anchor: string;
	/** How many calls it makes at most. */
	calls: number;
	/** Lines that have to pass before. */
	needs?: string[];
	/** Whether a failure that may pass by itself is what it looks at; any other line is open then. @default false */
	judgesFailures?: boolean;
	/** Asked before it is done: it changes something. */
	writes?: string;
	run(context: ProbeContext): Promise<Finding> | Finding;
}

/** A line of the report. */
export interface Line extends Finding {
	probe: Probe;
	/** The line that did not pass, where that is why this one is open. */
	waitsFor?: string;
}

export const confirmed = (seen: Seen, advice?: string): Finding => ({ verdict: 'confirmed', seen, ...(advice !== undefined && { advice }) });
export const contradicted = (seen: Seen, advice?: string): Finding => ({ verdict: 'contradicted', seen, ...(advice !== undefined && { advice }) });
export const open = (seen: Seen, advice?: string): Finding => ({ verdict: 'open', seen, ...(advice !== undefined && { advice }) });

/** Confirmed where it is so; the advice is for when it is not. */
export const whether = (isSo: boolean, seen: Seen, advice?: string): Finding => (isSo ? confirmed(seen) : contradicted(seen, advice));
