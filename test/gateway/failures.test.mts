import { refusesCredentials } from '../../nodes/KingdeeJdy/gateway/failures.ts';
import { readAnswer } from '../../nodes/KingdeeJdy/gateway/envelope.ts';
import { maskOf } from '../../nodes/KingdeeJdy/gateway/mask.ts';

/** From the table of failures in the facts about the gateway: code, and whether the save was surely not done. */
const CODES: Array<[code: number, surelyNotDone: boolean]> = [
	...[4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012].map((code): [number, boolean] => [code, true]),
	...[5001, 5002, 5003, 5006, 5007, 429].map((code): [number, boolean] => [code, true]),
	...[5000, 5004, 5005].map((code): [number, boolean] => [code, false]),
	...[1000202001, 1020002008, 1040002000, 1040003000].map((code): [number, boolean] => [code, true]),
	...[1030002000, 1030002001, 1030002002, 1030002003, 1030002004, 1030002005, 1030002006].map((code): [number, boolean] => [code, true]),
	...[2000002000, 2015002000, 2099002000].map((code): [number, boolean] => [code, false]),
	...[2016012003, 2014000001, 2011051000].map((code): [number, boolean] => [code, true]),
	...[3999, 4013, 4999, 5008, 1030002007, 1050000000, 20, 99999999999].map((code): [number, boolean] => [code, false]),
];

/** The gateway's own statuses carry any errcode; so the same codes are tried with 200 and with 519. */
const BY_ERRCODE = CODES.flatMap(([code, surelyNotDone]) => [200, 519].map((status) => [status, code, surelyNotDone] as const));

const STATUSES: Array<[status: number, surelyNotDone: boolean]> = [
	...[400, 401, 403, 404, 429, 503].map((status): [number, boolean] => [status, true]),
	...[500, 502, 504].map((status): [number, boolean] => [status, false]),
	...[201, 202, 204, 301, 302, 304, 307, 308, 402, 405, 408, 413, 418, 501, 505, 519, 520, 599].map((status): [number, boolean] => [status, false]),
];

function failureOf(status: number, text: string) {
	const outcome = readAnswer({ status, headers: { 'x-api-requestid': 'r-1' }, text }, maskOf([]));
	if (outcome.type === 'done') throw new Error('taken for a success');
	return outcome.failure;
}

function envelope(errcode: unknown): string {
	return JSON.stringify({ errcode, description: 'why', description_cn: '为何' });
}

describe('judging an answer', () => {
	it.each(BY_ERRCODE)('HTTP %i with errcode %i: surely not done is %s', (status, code, surelyNotDone) => {
		const failure = failureOf(status, envelope(code));
		expect(failure).toMatchObject({ code, errcode: code, message: '为何', requestId: 'r-1', outcome: surelyNotDone ? 'rejected' : 'unknown' });
	});

	it.each(STATUSES)('HTTP %i without an envelope: surely not done is %s', (status, surelyNotDone) => {
		expect(failureOf(status, '<html>no</html>')).toMatchObject({ code: status, errcode: null, outcome: surelyNotDone ? 'rejected' : 'unknown' });
	});

	it.each([
		['a refusal in the body of a 500', 500, 1030002000],
		['a refusal in the body of a 502', 502, 4008],
		['a success in the body of a 400', 400, 0],
		['a success in the body of a 519', 519, 0],
		['a success in the body of a 302', 302, 0],
		['a success with HTTP 202', 202, 0],
		['an unknown outcome in the body of a 403', 403, 5004],
		['an unlisted code in the body of a 500', 500, 777],
		['an unlisted code in the body of a 400', 400, 12345],
		['an unlisted code in the body of a 503', 503, 777],
	])('does not believe %s', (_name, status, code) => {
		expect(failureOf(status, envelope(code)).outcome).toBe('unknown');
	});

	it.each([200, 400, 401, 403, 500, 519])('believes an expired token with HTTP %i', (status) => {
		expect(failureOf(status, envelope(1000202001))).toMatchObject({ kind: 'tokenExpired', outcome: 'rejected' });
	});

	it.each([
		['', 'an empty body'],
		['<html></html>', 'HTML'],
		['{"errcode":0,"description":"succ', 'a truncated body'],
		['[]', 'a list'],
		['null', 'null'],
		['"errcode"', 'a text'],
		['{}', 'no errcode'],
		['{"code":200,"msg":"success","data":{}}', 'code and msg instead'],
		['{"errcode":"zero"}', 'an errcode that is no number'],
		['{"errcode":0.5}', 'an errcode that is no whole number'],
		['{"errcode":null}', 'an errcode that is null'],
	])('calls HTTP 200 with %j (%s) unknown', (text) => {
		expect(failureOf(200, text)).toMatchObject({ kind: 'noEnvelope', outcome: 'unknown', errcode: null });
	});

	it.each([
		['{"errcode":0,"description":"success","data":{"data":null}}', { errcode: 0, description: 'success', data: { data: null } }],
		['\ufeff{"errcode":0,"description":"success","data":{"data":{"id":1234567890123456789}}}', { errcode: 0, description: 'success', data: { data: { id: '1234567890123456789' } } }],
		['{"errcode":"0","description":"success","data":{}}', { errcode: 0, description: 'success', data: {} }],
		['{"errcode":0}', { errcode: 0, description: '', data: null }],
	])('reads the success %j', (text, expected) => {
		expect(readAnswer({ status: 200, headers: {}, text }, maskOf([]))).toEqual({ type: 'done', envelope: expected });
	});

	it.each([
		[4001, true], [4002, true], [4003, true], [4004, true], [4005, true], [4007, true], [4008, true], [4009, true], [4010, true], [4011, true],
		[4012, true], [401, true], [403, true], [1020002008, true], [1000202001, true],
		[4006, false], [5001, false], [404, false], [429, false], [5003, false], [1030002000, false], [2016012003, false], [5000, false], [400, false],
	])('%i refuses the credentials: %s', (code, refuses) => {
		expect(refusesCredentials(failureOf(519, envelope(code)))).toBe(refuses);
	});

	it('does not call a contradiction "success"', () => {
		expect(failureOf(400, '{"errcode":0,"description":"success"}').message).toBe('HTTP 400 and errcode 0 contradict each other');
	});

	it('takes the English text where there is no Chinese one, and says so where there is none', () => {
		expect(failureOf(519, '{"errcode":4008,"description":"signature[GW]","description_cn":" "}').message).toBe('signature[GW]');
		expect(failureOf(502, '').message).toBe('Kingdee JDY answered HTTP 502 without an explanation');
	});
});
