import { credentialTest } from '../../nodes/KingdeeJdy/gateway/authentication/credentialTest.ts';
import { adviceOf } from '../../nodes/KingdeeJdy/gateway/errors/advice.ts';
import { refusesCredentials } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import type { KindTraits } from '../../nodes/KingdeeJdy/gateway/errors/kinds.ts';
import { maskOf } from '../../nodes/KingdeeJdy/gateway/masking/mask.ts';
import { readAnswer } from '../../nodes/KingdeeJdy/gateway/response.ts';
import { nextStep } from '../../nodes/KingdeeJdy/gateway/retry.ts';
import type { RetryProgress } from '../../nodes/KingdeeJdy/gateway/retry.ts';
import { adviceFor } from '../../nodes/KingdeeJdy/shared/results/advice.ts';
import { failureCases, failureRows } from '../helpers/failures.mts';
import type { FailureCase, Step } from '../helpers/failures.mts';
import { failureFrom } from '../helpers/judged.mts';

const CASES = failureCases.map((entry) => [`${entry.name} (${[entry.status && `HTTP ${entry.status}`, entry.errcode, entry.ended?.type].filter((part) => part !== undefined && part !== null).join(', ')})`, entry] as const);

const STEPS: Record<string, Step> = { token: 'newToken', router: 'newDomain', clock: 'newClock' };

/** What follows the first of three attempts, and how long it waits. */
function stepAfter(entry: FailureCase, of: Pick<RetryProgress, 'effect' | 'idempotent'>): { step: Step | undefined; waitMs?: number } {
	const failure = failureFrom(entry.result);
	const next = nextStep(failure, { attempt: 1, maxAttempts: 3, tried: new Set(), ...of }, 0.5);
	if (next.step === 'wait') return next;
	if (next.step === 'remedy') return { step: STEPS[next.remedy] };
	return { step: refusesCredentials(failure) ? 'stop' : 'giveUp' };
}

/** Half of the first 500 ms, unless the answer says how long. */
function expectedAfter(step: Step, waitMs = 250): { step: Step; waitMs?: number } {
	return step === 'wait' ? { step, waitMs } : { step };
}

describe('a failure', () => {
	it.each(CASES)('%s: what it proves', (_title, entry) => {
		const { result, kind, outcome, status, errcode } = entry;
		const failure = failureFrom(result);
		expect(failure).toMatchObject({ kind, outcome, status, requestId: status === null ? null : 'r-1' });
		expect(refusesCredentials(failure)).toBe(['stop', 'newToken'].includes(entry.write));
		if (errcode !== undefined) expect(failure).toMatchObject({ code: errcode, errcode, ...(errcode !== 0 && { message: '为何[网关]' }) });
		else if (kind !== 'field' && status !== null) expect(failure).toMatchObject({ code: status, errcode: null });
	});

	it.each(CASES)('%s: what follows', (_title, entry) => {
		const read = expectedAfter(entry.read, entry.waitMs);
		expect(stepAfter(entry, { effect: 'write' })).toEqual(expectedAfter(entry.write, entry.waitMs));
		expect(stepAfter(entry, { effect: 'read' })).toEqual(read);
		// What JDY does once only may go twice, like a read.
		expect(stepAfter(entry, { effect: 'write', idempotent: true })).toEqual(read);
	});

	it.each(CASES)('%s: what the user is told', (_title, entry) => {
		const failure = failureFrom(entry.result);
		for (const part of entry.advice) expect(adviceOf(failure.kind, failure.code)).toContain(part);
		const looksFirst = (['save', 'change', 'read'] as const).map((action) => /^It is not known .*\. It was not sent again\. Look /.test(adviceFor(failure, action)));
		expect(looksFirst).toEqual(entry.outcome === 'unknown' ? [true, true, false] : [false, false, false]);
		const saysNotDone = (['save', 'change', 'read'] as const).map((action) => /^(This document was not saved|JDY did not do this)\. /.test(adviceFor(failure, action)));
		expect(saysNotDone).toEqual(entry.outcome === 'rejected' ? [true, true, false] : [false, false, false]);
	});
});

describe('the test of a credential', () => {
	const rules = (credentialTest.rules ?? []) as Array<{ type: string; properties: { key?: string; value: unknown; message: string } }>;
	const errcodes = rules.filter(({ properties }) => properties.key === 'errcode').map(({ properties }) => properties);
	const statuses = rules.filter(({ type }) => type === 'responseCode').map(({ properties }) => properties);
	const red = failureRows.filter((row) => row.red);
	const expectedErrcodes = red.filter(({ errcode }) => errcode !== undefined);
	const expectedStatuses = red.filter(({ errcode }) => errcode === undefined);

	it('cannot be green after these answers, and not for others', () => {
		const ofStatuses = expectedStatuses.flatMap((row) => row.statuses);
		// n8n 1.x lets every status pass, and sees only the envelope, which may name it as errcode.
		expect(new Set(errcodes.map(({ value }) => value))).toEqual(new Set([...expectedErrcodes.map(({ errcode }) => errcode), ...ofStatuses]));
		expect(new Set(statuses.map(({ value }) => value))).toEqual(new Set(ofStatuses));
		expect(credentialTest.request.ignoreHttpStatusErrors).toEqual({ ignore: true, except: statuses.map(({ value }) => value) });
	});

	it.each(red.map(({ name, advice, errcode, statuses: [status] = [] }) => ({ name, advice, errcode, status })))('says what to do after $name', ({ advice, errcode, status }) => {
		const code = errcode ?? status;
		const message = (errcode === undefined ? statuses : errcodes).find(({ value }) => value === code)?.message;
		for (const part of [...advice, `(${code})`]) expect(message).toContain(part);
	});
});

describe('judging an answer', () => {
	it.each([
		['{"errcode":0,"description":"success","data":{"data":null}}', { errcode: 0, description: 'success', data: { data: null } }],
		['\ufeff{"errcode":0,"description":"success","data":{"data":{"id":1234567890123456789}}}', { errcode: 0, description: 'success', data: { data: { id: '1234567890123456789' } } }],
		['{"errcode":"0","description":"success","data":{}}', { errcode: 0, description: 'success', data: {} }],
		['{"errcode":0}', { errcode: 0, description: '', data: null }],
	])('reads the success %j', (text, expected) => {
		expect(readAnswer({ status: 200, headers: {}, text }, maskOf([]))).toEqual({ type: 'done', envelope: expected });
	});

	it.each([
		[400, '{"errcode":0,"description":"success"}', 'HTTP 400 and errcode 0 contradict each other'],
		[519, '{"errcode":4008,"description":"signature[GW]","description_cn":" "}', 'signature[GW]'],
		[502, '', 'Kingdee JDY answered HTTP 502 without an explanation'],
	])('HTTP %i with %s tells what happened: %s', (status, text, message) => {
		expect(failureFrom({ type: 'answer', answer: { status, headers: {}, text } }).message).toBe(message);
	});
});

// A kind without all its traits does not compile.
// @ts-expect-error `credentials`, `blames`, `cause` and `advice` are missing
({ passes: 'never', remedy: null }) satisfies KindTraits;
