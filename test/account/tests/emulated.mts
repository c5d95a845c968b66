import { demoSettings } from '../../emulator/demoSettings.mts';
import { Emulator } from '../../emulator/server.mts';
import type { Tls } from '../../emulator/server.mts';
import { demoAccount, demoClient } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import { check } from '../check.mts';
import type { Checked } from '../check.mts';
import type { CheckOptions } from '../context.mts';
import type { AccountCredential } from '../credential.mts';
import { readingProbes, writingProbes } from '../probes/index.mts';
import { markdownOf, reportOf } from '../report.mts';
import type { Report } from '../report.mts';
import { overSockets } from '../sockets.mts';

export const CUSTOM_TYPE = 'ts_45465632434343';
const DOCUMENTS = 150;

/** Longer than a busy machine takes for an answer. */
const TIMEOUT_MS = 10_000;

/** The emulator's clock in whole seconds, so that times are as they are shown. */
const inSeconds = (): number => Math.floor(Date.now() / 1000) * 1000;

export function credentialOf(gatewayUrl: string, more: Partial<AccountCredential> = {}): AccountCredential {
	const { clientId, clientSecret } = demoClient;
	const { outerInstanceId: instanceId, appKey, domain } = demoAccount;
	return { gatewayUrl, clientId, clientSecret, authentication: 'instance', instanceId, accountId: '', appKey, appSecret: '', appToken: '', routerDomain: domain, ...more };
}

/** What differs from an ordinary check of an emulated account. */
export interface Case {
	settings?: Partial<Settings>;
	tls?: Tls;
	/** What is done to the emulator once it runs. */
	prepare?: (emulator: Emulator) => void;
	credential?: Partial<AccountCredential> | ((emulator: Emulator) => Partial<AccountCredential>);
	options?: Partial<CheckOptions>;
	/** Whether writes are agreed to. @default true */
	agrees?: boolean;
}

/** The check against an emulator of its own. */
export async function checkEmulated({ settings = {}, tls, prepare, credential = {}, options = {}, agrees = true }: Case = {}): Promise<{ checked: Checked; report: Report; emulator: Emulator }> {
	const emulator = await Emulator.start({ ...demoSettings, now: inSeconds, ...settings }, tls ? { tls } : {});
	const transport = overSockets(options.timeoutMs ?? TIMEOUT_MS);
	try {
		for (let n = 1; n <= DOCUMENTS; n++) emulator.gateway.documents.save(demoAccount, { biz_type: CUSTOM_TYPE, data: { number: `DD${1000 + n}`, order_no: `A${n}`, amount: n % 7 } });
		const all = credentialOf(emulator.url, typeof credential === 'function' ? credential(emulator) : credential);
		prepare?.(emulator);
		const checked = await check([...readingProbes, ...writingProbes], { credential: all, transport, customType: CUSTOM_TYPE, paceMs: 0, timeoutMs: TIMEOUT_MS, retryAfterMs: 0, now: () => Date.now(), writeData: { order_no: 'X1' }, ...options }, async () => await Promise.resolve(agrees));
		return { checked, report: reportOf(checked, all, '0.1.0', new Date()), emulator };
	} finally {
		transport.close();
		await emulator.stop();
	}
}

/** The report that stands in docs/account-report.md. */
export async function exampleReport(): Promise<string> {
	return markdownOf((await checkEmulated()).report);
}

/** A report without what differs from one time to the next. */
export function withoutTimes(markdown: string): string {
	return markdown.replace(/at \d{4}-[\d-]+T[\d:.]+Z/, 'at …').replace(/Node\.js v[\d.]+/, 'Node.js …').replace(/version \d[\w.]*/, 'version …').replace(/-?\d+ (ms|s)\b/g, '… $1');
}
