/**
 * The gateway of the benchmark, in a process of its own: reads each request to its end and answers with the envelope of a
 * save, with a page of a list, or with the accounts of an instance and their tokens. Checks nothing, so that its own cost is
 * small and the same for all sides.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Tls } from '../emulator/server.mts';

const SAVED = JSON.stringify({ errcode: 0, description: 'success', data: { data: { id: '1600000000000000001', number: 'SO-1' } } });

/** What the benchmark tells it: once the certificate, then before each measurement how long an answer takes, and how many rows a list has. */
export type Order = { tls: Tls } | { serviceMs: number; rows: number };

let serviceMs = 0;
let rows = 0;
const pages = new Map<string, string>();

const row = (no: number) => ({
	id: String(1_600_000_000_000_000_000n + BigInt(no)),
	number: `SO-${no}`,
	customer: '上海某某贸易有限公司',
	amount: '1234.50',
	date: '2026-11-24',
	status: 'C',
	custom_field__2__1a2b: 'remark',
	entries: [{ material: `M-${no % 100}`, quantity: '2', price: '617.25' }],
});

/** Written once, so that all sides wait equally short for it. */
function pageOf(request: string): string {
	const { page_no, page_size } = JSON.parse(request) as { page_no: string; page_size: string };
	const known = pages.get(`${page_no} ${page_size}`);
	if (known !== undefined) return known;
	const start = (Number(page_no) - 1) * Number(page_size);
	const length = Math.max(0, Math.min(Number(page_size), rows - start));
	const page = JSON.stringify({ errcode: 0, description: 'success', data: { data: { rows: Array.from({ length }, (_unused, index) => row(start + index)), count: rows } } });
	pages.set(`${page_no} ${page_size}`, page);
	return page;
}

const success = (data: unknown) => JSON.stringify({ errcode: 0, description: 'success', data });

const ACCOUNTS = success(
	Array.from({ length: 200 }, (_unused, no) => ({ accountId: `account-${no}`, appKey: `key-${no}`, appSecret: 'app-secret', domain: 'https://tf.jdy.com', status: 1 })),
);
const TOKEN = success({ 'app-token': 'app-token-of-the-benchmark', expires: 86_400_000 });

/** Fetching sessions takes no service time: a run needs them once, however long it is. */
function managementAnswer(url = ''): string | undefined {
	if (url.includes('/push_app_authorize')) return ACCOUNTS;
	return url.includes('/kingdee_auth_token') ? TOKEN : undefined;
}

process.on('message', (order: Order) => {
	if ('serviceMs' in order) {
		({ serviceMs, rows } = order);
		pages.clear();
		process.send?.('ready');
		return;
	}
	const server = createServer({ ...order.tls, keepAliveTimeout: 60_000 }, (request, response) => {
		const isList = request.url?.includes('/cust/list') ?? false;
		let body = '';
		if (isList) request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		else request.resume();
		request.once('end', () => {
			const managed = managementAnswer(request.url);
			const text = managed ?? (isList ? pageOf(body) : SAVED);
			const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), 'X-Api-Requestid': '5f0c7c8e' };
			const answer = () => response.writeHead(200, headers).end(text);
			if (serviceMs === 0 || managed !== undefined) answer();
			else setTimeout(answer, serviceMs);
		});
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
