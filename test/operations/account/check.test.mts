import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { answerWith, forbidden, html, refuse } from '../../emulator/replies.mts';
import { onPaths } from '../../emulator/pathFaults.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoClient, strict } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import { appKeyCredential, tokenCredential } from '../../helpers/credentials.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import type { NodeOptions } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const FREE = { callsPerSecond: Infinity, callsPerMinute: Infinity };

let emulator: Emulator;
const start = async (settings: Partial<Settings> = {}) => void (emulator = await Emulator.start({ seed: 'firm', ...FREE, ...settings }));
afterEach(async () => await emulator.stop());

async function check(modules: string[] = [], { options, ...more }: Partial<NodeOptions> & { options?: IDataObject } = {}) {
	const run = await kingdeeJdy(emulator, { parameters: { resource: 'account', operation: 'check', modules, options: { callsPerMinute: 0, maxAttempts: 1, ...options } }, ...more });
	const of = (path: string, kind = 'type') => run.json.find((item) => item.path === path && item.kind === kind);
	return { ...run, of, hint: run.hints('JDY').map(({ message }) => message) };
}

const count = (items: IDataObject[], allowed: boolean | null) => items.filter((item) => item.allowed === allowed).length;

describe('Check Access', () => {
	it('asks for each type and report once, and says of each whether the app may read it', async () => {
		await start();
		const { json, of, hint } = await check();
		expect(json).toHaveLength(127 + 46);
		// Seven lists are reports as well: one call serves both.
		expect(emulator.ledger).toHaveLength(166);
		expect(new Set(emulator.ledger.map(({ method, path }) => `${method} ${path}`)).size).toBe(166);
		const sizes = emulator.ledger.flatMap(({ query }) => new URLSearchParams(query).getAll('page_size'));
		expect([sizes.length > 100, new Set(sizes)]).toEqual([true, new Set(['1', '50'])]);
		expect(of('scm/sal_order')).toEqual({ kind: 'type', path: 'scm/sal_order', name: 'Sales Order', chineseName: '销售订单', module: 'Supply Chain', allowed: true, rows: 250, code: 0, message: 'success' });
		expect(of('scm/inventory', 'report')).toMatchObject({ allowed: true, rows: of('scm/inventory')?.rows, module: 'Supply Chain' });
		expect(hint).toEqual(['173 of 173 can be read']);
	});

	it('takes a refusal for want of a parameter as allowed, in the real and in the strict JDY', async () => {
		await start({ ...strict, ...FREE });
		const { json, of } = await check();
		expect(of('sys/custom_mult_field', 'report')).toMatchObject({ allowed: true, rows: null, code: 400, message: expect.stringContaining('entity_number') });
		const wanting = json.filter(({ allowed, code }) => allowed === true && code !== 0);
		expect([count(json, true), wanting.every(({ rows }) => rows === null), wanting.length >= 37]).toEqual([173, true, true]);
	});

	it('says which modules the edition lacks, which the app may not call, and what gave no clear answer', async () => {
		await start({ missingModules: ['ls'], clients: [{ ...demoClient, permissions: ['/jdy/v2/scm', '/jdy/v2/ls', '/jdy/v2/bd', '/jdy/v2/pm', '/jdy/v2/arap', '/jdy/v2/sys', '/jdy/v2/inv', '/jdy/v2/sal', '/jdy/v2/basedata'] }] });
		emulator.chooseFault = onPaths({ 'GET bd/customer': html(502), 'GET bd/supplier': answerWith(200, { errcode: 987654, description: '?' }) });
		const { json, of, hint } = await check();
		expect(of('ls/retail_bill') ?? json.find(({ module }) => module === 'Retail')).toMatchObject({ allowed: false, rows: null, code: 5001 });
		expect(of('fi/voucher')).toMatchObject({ allowed: false, rows: null, code: 4012, message: '应用没有权限调用该接口[网关]', module: 'Finance' });
		expect([of('bd/customer'), of('bd/supplier')]).toMatchObject([{ allowed: null, rows: null, code: 502 }, { allowed: null, rows: null, code: 987654 }]);
		expect(hint).toEqual([`${count(json, true)} of 173 can be read; Finance lacks permission (4012), Retail is not part of this edition (519), 2 gave no clear answer`]);
		expect(count(json, true)).toBeGreaterThan(100);
	});

	it('says of a part of a module how much of it', async () => {
		await start();
		emulator.chooseFault = onPaths({ 'GET pm/mo_taskbill': forbidden(), 'GET pm/subm_workorder': refuse(1040003000, '配置缺失') });
		const { hint } = await check(['pm']);
		expect(hint).toEqual(['5 of 7 can be read; Production lacks permission for 1 of 7 (4012), Production has 1 of 7 that this edition lacks or that are not set up (1040003000)']);
	});

	it('asks for the modules that are chosen', async () => {
		await start();
		const { json } = await check(['arap', 'pm']);
		expect(new Set(json.map(({ module }) => module))).toEqual(new Set(['Receivables and Payables', 'Production']));
		expect(emulator.ledger.every(({ path }) => /^\/jdy\/v2\/(?:arap|pm)\//.test(path))).toBe(true);
		const { error } = await check(['nope']);
		expect(error?.message).toBe('Modules has no "nope"; there are bd, sys, scm, arap, fi, ls, pm');
	});

	it.each([
		['a wrong secret', () => ({ ...tokenCredential(emulator), clientSecret: 'x'.repeat(32) }), 4008],
		['a token that has ended', () => ({ ...tokenCredential(emulator), appToken: 'none' }), 4010],
	])('stops at %s after one call', async (_what, credentialOf: () => ICredentialDataDecryptedObject, errcode) => {
		await start();
		const { failed, done } = await check([], { credential: credentialOf(), settings: CONTINUE });
		expect([done, failed.map(({ json }) => (json.error as IDataObject).errcode), emulator.ledger.length]).toEqual([[], [errcode], 1]);
	});

	it('does not take a wrong router domain for missing modules', async () => {
		await start({ wrongRouter: 'apiNotFound' });
		const { json, hint } = await check(['pm'], { credential: { ...tokenCredential(emulator), routerDomain: 'https://vip9.jdy.com' } });
		expect([count(json, false), count(json, null), hint]).toEqual([0, json.length, [`0 of ${json.length} can be read; ${json.length} gave no clear answer`]]);
	});

	it('has no more calls under way than Concurrency says', async () => {
		await start({ serviceMs: 200 });
		await check(['pm'], { options: { concurrency: 3 } });
		const starts = emulator.ledger.map(({ at }) => at);
		const within = starts.map((at) => starts.filter((other) => other >= at && other < at + 190).length);
		expect([starts.length, Math.max(...within)]).toEqual([7, 3]);
	});

	it('asks once for all items that name one account', async () => {
		await start();
		const { json } = await check(['pm'], { items: [{}, {}, {}] });
		expect(json).toHaveLength(3 * emulator.ledger.length);
	});

	it('is a tool, and only reads with a credential that is Read Only', async () => {
		await start();
		const { json, error } = await check(['pm'], { isTool: true, credential: { ...appKeyCredential(emulator), readOnly: true } });
		expect([error, json.length > 5]).toEqual([undefined, true]);
	});

	it('shows how many calls it would make', async () => {
		await start();
		const { json } = await check([], { options: { dryRun: true } });
		expect([json, emulator.ledger]).toMatchObject([[{ dryRun: true, method: 'GET', calls: 166 }], []]);
	});
});
