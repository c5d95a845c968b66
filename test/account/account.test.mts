import { readFileSync } from 'node:fs';

import { openQuestions } from '../emulator/openQuestions.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import { keepProduced } from '../helpers/produced.mts';
import { CALLS_FOR_RETRIES } from './check.mts';
import { readAccountCredential } from './credential.mts';
import { mostCalls, readingProbes, writingProbes } from './probes/index.mts';
import { meaningOf } from './protocol.mts';
import { SETTINGS } from './tests/deviations.mts';
import { checkEmulated, withoutTimes } from './tests/emulated.mts';
import { searchedFirm } from './tests/firms.mts';
import { markdownOf } from './report.mts';

const probes = [...readingProbes, ...writingProbes];

describe('the check of an account', () => {
	it('makes no more than 150 calls', () => {
		expect(mostCalls(probes) + CALLS_FOR_RETRIES).toBeLessThanOrEqual(150);
	});

	it('changes nothing unless writing is agreed to', async () => {
		expect(readingProbes.filter(({ writes }) => writes !== undefined)).toEqual([]);
		const { emulator } = await checkEmulated({ agrees: false });
		const posts = emulator.ledger.filter(({ method }) => method !== 'GET').map(({ path }) => path);
		expect([...new Set(posts)].sort()).toEqual(['/jdy/v2/cust/detail', '/jdy/v2/cust/list', '/jdy/v2/fi/assistdetail_report', '/jdyconnector/app_management/push_app_authorize']);
		expect(emulator.ledger.filter(({ savedId }) => savedId !== undefined)).toEqual([]);
	});

	it('has each line once, after those that it needs', () => {
		const ids = probes.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(probes.filter(({ id, needs = [] }) => needs.some((need) => ids.indexOf(need) === -1 || ids.indexOf(need) >= ids.indexOf(id)))).toEqual([]);
	});

	it('names places of docs/protocol.md', () => {
		const headings = [...readFileSync('docs/protocol.md', 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
		expect(probes.filter(({ anchor }) => !headings.includes(anchor)).map(({ id, anchor }) => `${id}: ${anchor}`)).toEqual([]);
	});

	it('has a case for every open question that the emulator answers in either way', () => {
		const tried = new Set(SETTINGS.flatMap(({ settings = {} }) => Object.keys(settings)));
		expect(Object.keys(openQuestions).filter((name) => !tried.has(name))).toEqual([]);
	});

	it('shows what docs/account-report.md shows, apart from times', async () => {
		const { report } = await checkEmulated();
		expect(withoutTimes(markdownOf(report))).toBe(withoutTimes(readFileSync('docs/account-report.md', 'utf8')));
		keepProduced(report, [demoClient.clientSecret, demoAccount.outerInstanceId]);
	});

	it.each([1001, 1002, 1003])('says nothing of firm %i', async (seed) => {
		expect((await searchedFirm(seed)).leaks).toEqual([]);
	});

	it.each([
		[4002, 'version of the signature, client ID, client secret'],
		[4010, 'the token: invalid'],
		[4012, 'the app may not make this call'],
		[404, 'no such call'],
		[429, 'too many calls, see below'],
		[5001, 'no such call'],
		[1030002001, 'a field: wrong type'],
		[2016013001, 'a rule of the document refused it'],
		[123, undefined],
	])('knows of %i what is documented: %s', (code, meaning) => {
		expect(meaningOf(code)).toBe(meaning);
	});

	it.each([
		[{ JDY_GATEWAY_URL: 'http://example.com' }, 'JDY_GATEWAY_URL has to be an https address'],
		[{ JDY_GATEWAY_URL: 'file:///etc' }, 'JDY_GATEWAY_URL has to be an https address'],
		[{}, 'JDY_CLIENT_ID is not set'],
		[{ JDY_CLIENT_ID: '1', JDY_CLIENT_SECRET: 's', JDY_AUTHENTICATION: 'none' }, 'JDY_AUTHENTICATION is instance, appKey or appToken'],
		[{ JDY_CLIENT_ID: '1', JDY_CLIENT_SECRET: 's', JDY_AUTHENTICATION: 'appToken' }, 'JDY_APP_TOKEN is not set'],
	])('sends no secret with %j', async (environment, message) => {
		await expect(readAccountCredential(environment, undefined)).rejects.toThrow(message);
	});

	it('asks for what is not in the environment, and hides secrets', async () => {
		const hidden: string[] = [];
		const ask = async (question: string, isHidden = false): Promise<string> => {
			if (isHidden) hidden.push(question);
			return await Promise.resolve(question.startsWith('Authentication') ? '' : 'typed');
		};
		const credential = await readAccountCredential({ JDY_CLIENT_ID: '205022' }, ask);
		expect(credential).toMatchObject({ gatewayUrl: 'https://api.kingdee.com', clientId: '205022', clientSecret: 'typed', authentication: 'instance', instanceId: 'typed' });
		expect(hidden).toEqual(['Client Secret (hidden)', 'Instance ID, empty for an app of your own firm (hidden)']);
	});
});
