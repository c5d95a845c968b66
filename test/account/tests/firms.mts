import { randomBytes } from 'node:crypto';

import { Gateway } from '../../emulator/gateway.mts';
import { defaults } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import type { Answer } from '../answer.mts';
import type { Transport } from '../caller.mts';
import { check } from '../check.mts';
import type { AccountCredential } from '../credential.mts';
import { readingProbes, writingProbes } from '../probes/index.mts';
import { markdownOf, reportOf } from '../report.mts';

/** Pseudo-random numbers from 0 up to, but not including, 1: mulberry32. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A firm of which every value can be found again. */
class Firm {
	readonly marks: string[] = [];
	readonly random: () => number;
	readonly #seed: number;

	constructor(seed: number) {
		this.random = randomFrom(seed);
		this.#seed = seed;
	}

	/** A text that stands nowhere else. */
	text(before = ''): string {
		const mark = `${before}mk${this.#seed}q${Math.floor(this.random() * 1e9)}${this.random() < 0.3 ? '百货' : ''}`;
		this.marks.push(mark);
		return mark;
	}

	/** An amount that stands nowhere else. */
	amount(): number {
		const amount = 700_000_000_000 + Math.floor(this.random() * 1e11) + 0.25;
		this.marks.push(String(amount), String(Math.floor(amount)));
		return amount;
	}

	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.random() * list.length)] as T;
	}
}

function settingsOf(firm: Firm, type: string): Settings {
	const clientId = firm.text();
	const client = { clientId, clientSecret: firm.text(randomBytes(8).toString('hex')), permissions: ['/jdy/'] };
	const account = { clientId, outerInstanceId: firm.text(), accountId: firm.text(), accountName: firm.text(), serviceId: firm.text(), appKey: firm.text(), domain: `https://${firm.text()}.jdy.com`, status: 1 as const };
	const rows = (entity: string, count: number, more: () => object = () => ({})) => Array.from({ length: count }, () => ({ entity, number: firm.text(), name: firm.text(), remark: firm.text(), ...more() }));
	const [unit] = rows('bd.measure_unit', 1);
	const masterData = [
		...(unit ? [unit] : []),
		...rows('bd.customer', 5, () => ({ addr: firm.text(), enable: firm.random() < 0.7, credit: firm.amount() })),
		...rows('bd.material', 5, () => ({ base_unit_name: unit?.name, model: firm.text(), enable: firm.random() < 0.7, price: firm.amount() })),
		...rows('bd.aux_info_type', 1),
		...rows('bd.store', 2),
	];
	const fields = () => Array.from({ length: 3 }, () => ({ number: `custom_field__1__${firm.text()}`, display_name: firm.text(), field_type: '1' as const, custom_type: 'head', must_input: false }));
	return {
		...defaults,
		clients: [client],
		accounts: [account],
		masterData,
		customFields: { [type]: firm.pick([fields(), 'refused' as const]), sal_bill_order: fields() },
		detailByNumber: firm.pick(['all', 'none']),
		listShape: firm.pick(['rows', 'list', 'bareTwice', 'bareOnce', 'rowsOnce', 'countAsText', 'noTotal']),
		documentIds: firm.pick(['text', 'number']),
		operateShape: firm.pick(['null', 'ids', 'idNumberMap', 'successIds', 'rows', 'list']),
		arrayQueries: firm.pick(['json', 'repeat', 'both']),
	};
}

/** An answer in which the firm stands where nobody expects it. */
function hostile(firm: Firm): unknown {
	return firm.pick<() => unknown>([
		() => ({ errcode: 2016013001, description: firm.text(), description_cn: firm.text(), data: { [firm.text()]: firm.text() } }),
		() => ({ errcode: firm.text(), description: firm.text(), data: [firm.amount()] }),
		() => ({ code: 200, msg: firm.text(), data: [{ [firm.text()]: firm.text(), status: '1', appKey: firm.text() }] }),
		() => ({ errcode: 0, data: { rows: [{ id: firm.text(), [firm.text()]: firm.amount(), name: [firm.text()] }], count: firm.text(), total_page: firm.amount() } }),
		() => ({ errcode: 0, data: { data: { [firm.text()]: [firm.text()], rows: firm.text(), count: firm.amount() } } }),
		() => [firm.text()],
		() => firm.text(),
	])();
}

/** The way to a gateway in this process; now and then something else answers. */
function inProcess(gateway: Gateway, firm: Firm, hostility: number): Transport {
	return async ({ method, url, headers, body }) => {
		const { pathname, search } = new URL(url);
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const { reply } = gateway.handle({ method, target: `${pathname}${search}`, headers: lower, body, bytes: Buffer.from(body) }, 'now');
		const isHostile = firm.random() < hostility;
		const answer: Answer = {
			status: isHostile ? firm.pick([200, 400, 519, 500]) : reply.status,
			headers: { date: new Date().toUTCString(), 'x-api-requestid': firm.text(), ...(isHostile && { 'content-encoding': firm.text(), date: firm.text() }) },
			text: isHostile ? JSON.stringify(hostile(firm)) : reply.body.toString(),
			ms: 1 + Math.floor(firm.random() * 50),
			isReused: firm.random() < 0.9,
		};
		if (isHostile && firm.random() < 0.2) return { ...answer, status: 0, error: firm.text() };
		return await Promise.resolve(answer);
	};
}

const formsOf = (text: string): string[] => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), Buffer.from(text).toString('base64')];

/** What a random firm's report says that it must not; and what was searched for. */
export async function searchedFirm(seed: number): Promise<{ leaks: string[]; searched: number; text: string }> {
	const firm = new Firm(seed);
	const type = firm.text('ts_').replace('百货', '');
	const settings = settingsOf(firm, type);
	const gateway = new Gateway(settings);
	const [client, account] = [settings.clients[0], settings.accounts[0]];
	if (!client || !account) throw new Error('A firm without an account');
	for (let n = 0; n < 4; n++) gateway.documents.save(account, { biz_type: type, data: { [firm.text('f')]: firm.text(), amount: firm.amount() } });
	const credential: AccountCredential = { gatewayUrl: `https://${firm.text('g').replace('百货', '')}.example.com`, clientId: client.clientId, clientSecret: client.clientSecret, authentication: firm.pick(['instance', 'appKey', 'appToken']), instanceId: account.outerInstanceId, accountId: '', appKey: account.appKey, appSecret: gateway.tokens.appSecret(account), appToken: gateway.tokens.issue(account), routerDomain: account.domain };
	const sent = new Set<string>();
	const transport = inProcess(gateway, firm, firm.pick([0, 0.02, 0.2]));
	const noting: Transport = async (outgoing) => {
		for (const name of ['app-token', 'X-Api-Signature', 'X-Api-Nonce']) if (outgoing.headers[name] !== undefined) sent.add(outgoing.headers[name]);
		return await transport(outgoing);
	};
	const data = { [firm.text('f')]: firm.text() };
	const checked = await check([...readingProbes, ...writingProbes], { credential, transport: noting, customType: type, paceMs: 0, timeoutMs: 30_000, retryAfterMs: 0, now: () => Date.now(), writeData: data, waitsMs: [0] }, async () => await Promise.resolve(true));
	const report = reportOf(checked, credential, '0.1.0', new Date());
	const text = `${markdownOf(report)}\n${JSON.stringify(report)}`;
	const values = [...firm.marks, ...sent, credential.appSecret, credential.appToken];
	return { leaks: values.filter((value) => formsOf(value).some((form) => text.includes(form))), searched: values.length, text };
}
