import { readFileSync } from 'node:fs';

import type { SendResult } from '../../nodes/KingdeeJdy/gateway/types.ts';

/** What follows the first of three attempts; `stop`: nothing more goes out with these credentials. */
export type Step = 'newToken' | 'newDomain' | 'newClock' | 'wait' | 'giveUp' | 'stop';

/** A row of `test/vectors/failures.json`, where the columns are explained. */
export interface FailureRow {
	name: string;
	statuses?: number[];
	errcode?: number;
	body?: string;
	headers?: Record<string, string>;
	ended?: Exclude<SendResult, { type: 'answer' }>;
	kind: string;
	outcome: 'rejected' | 'unknown' | 'notSent';
	read: Step;
	write: Step;
	waitMs?: number;
	/** Parts of the text, each of which has to be there. */
	advice: string[];
	red?: true;
	more?: true;
	source: string;
}

/** What came back, once: the answer as it goes over the wire, or how the attempt ended without one. */
export type FailureCase = FailureRow & { result: SendResult; status: number | null; text: string };

/** The two statuses that carry errcodes. */
const CARRIERS = [519, 200];

export const failureRows = (JSON.parse(readFileSync('test/vectors/failures.json', 'utf8')) as { rows: FailureRow[] }).rows;

/** Every row with every status it may come with. */
export const failureCases: FailureCase[] = failureRows.flatMap((row): FailureCase[] => {
	const { statuses = CARRIERS, errcode, body, headers = {}, ended } = row;
	if (ended) return [{ ...row, result: { ...ended, code: 'ECODE' }, status: null, text: '' }];
	const text = body ?? JSON.stringify({ errcode, description: 'why[GW]', description_cn: '为何[网关]' });
	return statuses.map((status) => ({ ...row, status, text, result: { type: 'answer' as const, answer: { status, headers: { ...headers, 'x-api-requestid': 'r-1' }, text } } }));
});

/** The first answer of each kind of failure. */
export const oneOfEachKind: FailureCase[] = [...new Map(failureCases.filter(({ ended }) => !ended).toReversed().map((entry) => [entry.kind, entry])).values()].toReversed();

/** Errcodes that no status repeats and that have this outcome whichever of the two statuses carries them, one for each family. */
export function errcodesOf(outcome: FailureRow['outcome']): number[] {
	const carried = failureRows.filter(({ statuses = CARRIERS, more }) => !more && CARRIERS.every((status) => statuses.includes(status)));
	return carried.filter((row) => row.outcome === outcome).flatMap(({ errcode = 0 }) => (errcode > 0 && !isStatus(errcode) ? [errcode] : []));
}

function isStatus(code: number): boolean {
	return code >= 100 && code < 600;
}
