import { spawn } from 'node:child_process';
import { get } from 'node:https';

import { Desk } from './client.mts';
import { demoTypeLines } from './demoTypes.mts';

const desk = new Desk();
beforeEach(async () => await desk.start({ bizTypes: ['ts_1'] }));
afterAll(async () => await desk.stop());

const body = (biz_type: string) => ({ biz_type, data: {} });

describe('a document type of the demo', () => {
	it.each([
		['ts_demo_refused', 200, 1030002006, 0],
		['ts_demo_missing', 200, 1030002000, 0],
		['ts_demo_business', 200, 2016013001, 0],
		['ts_demo_setting', 200, 1040002000, 0],
		['ts_demo_system', 200, 2000002000, 0],
		['ts_demo_busy', 519, 5007, 0],
		['ts_demo_5000', 519, 5000, 1],
		['ts_demo_429', 429, 429, 0],
		['ts_demo_html', 502, undefined, 0],
		['ts_demo_code_4010', 519, 4010, 0],
		['ts_demo_code_1000202001', 200, 1000202001, 0],
	])('%s answers HTTP %i with %i', async (bizType, status, errcode, savedCount) => {
		const answered = await desk.call({ body: body(bizType) });
		expect([answered.status, answered.body.errcode, desk.emulator.savedIds.length]).toEqual([status, errcode, savedCount]);
		expect(desk.emulator.ledger[0]?.savedId).toBe(savedCount === 1 ? '1700000000000000001' : undefined);
		expect(demoTypeLines().join('\n')).toContain(bizType.replace(/_code_\d+/, '_code_NNNN'));
	});

	it('ts_demo_lost saves and closes the connection', async () => {
		await expect(desk.call({ body: body('ts_demo_lost') })).rejects.toThrow('socket hang up');
		expect(desk.emulator.savedIds).toHaveLength(1);
	});

	it('ts_demo_timeout saves and does not answer', async () => {
		const answered = desk.call({ body: body('ts_demo_timeout') }).catch(() => 'stopped');
		await new Promise<void>((resolve) => (desk.emulator.onAnswered = () => resolve()));
		expect(desk.emulator.savedIds).toHaveLength(1);
		expect(await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 50, 'silence'))])).toBe('silence');
		await desk.stop();
		expect(await answered).toBe('stopped');
	});

	it('is nothing else: its headers are checked, and other names are ordinary', async () => {
		expect(await desk.codeOf({ body: body('ts_demo_refused'), headers: { 'app-token': 'no' } })).toBe(4010);
		expect(await desk.codeOf({ body: { biz_type: 'ts_demo_lost' } })).toBe(1030002000);
		expect(await desk.codeOf({ body: body('ts_demo_code_0') })).toBe(1030002003);
		await desk.start();
		expect(await desk.codeOf({ body: body('ts_demo_orders') })).toBe(0);
	});
});

it('the command prints them and a certificate that a client can trust', async () => {
	const command = spawn(process.execPath, ['test/emulator/main.mts', '--tls']);
	let printed = '';
	await new Promise<void>((resolve) => command.stdout.on('data', (chunk) => (printed += String(chunk)).includes('Ctrl-C') && resolve()));
	const [ca = ''] = /-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----/.exec(printed) ?? [];
	const url = /https:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
	const status = await new Promise((resolve, reject) => get(url, { ca }, (response) => resolve(response.resume().statusCode)).on('error', reject));
	expect([status, demoTypeLines().every((line) => printed.includes(line))]).toEqual([519, true]);
	command.kill();
	await new Promise((resolve) => command.once('exit', resolve));
});
