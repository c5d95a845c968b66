import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { demoSettings } from '../../emulator/demoSettings.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount, demoClient } from '../../emulator/settings.mts';
import { CUSTOM_TYPE } from './emulated.mts';

const MAIN = resolve('test/account/main.mts');

/** The command itself, as somebody runs it who has set its variables, and what is wrong with what it leaves. */
export async function commandProblems(): Promise<string[]> {
	const emulator = await Emulator.start(demoSettings);
	const folder = mkdtempSync(join(tmpdir(), 'account-'));
	const { clientId, clientSecret } = demoClient;
	const variables = { JDY_GATEWAY_URL: emulator.url, JDY_CLIENT_ID: clientId, JDY_CLIENT_SECRET: clientSecret, JDY_INSTANCE_ID: demoAccount.outerInstanceId, JDY_CUSTOM_TYPE: CUSTOM_TYPE };
	try {
		const child = spawn(process.execPath, [...process.execArgv, MAIN, '--yes'], { cwd: folder, env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
		let said = '';
		child.stdout.on('data', (chunk) => (said += String(chunk)));
		child.stderr.on('data', (chunk) => (said += String(chunk)));
		const code = await new Promise<number | null>((done) => child.once('exit', done));
		const files = ['jdy-account-report.md', 'jdy-account-report.json'].map((name) => readFileSync(join(folder, name), 'utf8'));
		const secrets = [clientSecret, demoAccount.outerInstanceId, demoAccount.accountName, demoAccount.appKey, emulator.gateway.tokens.appSecret(demoAccount)];
		return [
			...(code === 0 ? [] : [`it ended with ${code}: ${said.slice(-300)}`]),
			...(/\d+ confirmed, 0 contradicted, \d+ open/.test(said) ? [] : ['it does not end with its figures']),
			...(emulator.ledger.some(({ savedId }) => savedId !== undefined) ? ['it saved something'] : []),
			...secrets.filter((secret) => [said, ...files].some((text) => text.includes(secret))).map(() => 'it tells a secret'),
		];
	} catch (error) {
		return [String(error)];
	} finally {
		await emulator.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
