import { createHmac } from 'node:crypto';

import { bodyOf, codes, dataOf, errcodeOf, isDone, isFields, isRefusedByRule, textOf } from '../answer.mts';
import type { Answer, Fields } from '../answer.mts';
import { newNonce } from '../caller.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { kindOf } from '../words.mts';
import { TOKEN, accountsIn, authorize } from './connection.mts';

const NAMES = ['accountId', 'serviceId', 'appKey'];
const valid = (rows: Fields[]): Fields[] => rows.filter(({ status }) => textOf(status) === '1');

function withoutInstance(context: ProbeContext): Finding {
	const answer = context.kept.get('accounts');
	const rows = accountsIn(answer);
	if (context.credential.authentication === 'instance' && context.credential.instanceId === '') context.accounts = rows;
	const seen = { accounts: rows.length, valid: valid(rows).length, code: answer ? (errcodeOf(answer) ?? 0) : 0 };
	return whether(rows.length > 0, seen, 'Give the Instance ID in the credential: this app is not served without it.');
}

async function ofInstance(context: ProbeContext): Promise<Finding> {
	const { authentication, instanceId } = context.credential;
	if (authentication !== 'instance' || instanceId === '') return open({ instanceId: 'notGiven' });
	context.accounts = await authorize(context, instanceId);
	const seen = { accounts: context.accounts.length, valid: valid(context.accounts).length };
	return whether(seen.valid > 0, seen, 'Copy the Instance ID from open.jdy.com: the app, the table of authorisations (授权记录), the column 第三方实例ID. The account has to be authorised for the app.');
}

function envelope({ kept }: ProbeContext): Finding {
	const body = bodyOf(kept.get('accounts') ?? { text: '' });
	const has = (name: string) => isFields(body) && body[name] !== undefined;
	return whether(has('code') && !has('errcode'), { hasCode: has('code'), hasErrcode: has('errcode') });
}

function chosen(context: ProbeContext): Finding {
	const { authentication, accountId, appKey, appSecret } = context.credential;
	if (authentication === 'appToken') return confirmed({ account: 'given' });
	if (authentication === 'appKey') {
		context.appKey = { appKey, appSecret };
		return confirmed({ account: 'given' });
	}
	const fitting = valid(context.accounts).filter((row) => accountId === '' || NAMES.some((name) => textOf(row[name]) === accountId));
	const seen = { fitting: fitting.length };
	const [row] = fitting;
	if (!row || fitting.length > 1) return contradicted(seen, 'Put the ID of the account you want into Account ID (JDY_ACCOUNT_ID).');
	context.appKey = { appKey: textOf(row.appKey), appSecret: textOf(row.appSecret) };
	context.account = { appToken: '', routerDomain: textOf(row.domain) };
	return confirmed(seen);
}

const proof = (text: string, secret: string): string => Buffer.from(createHmac('sha256', secret).update(text).digest('hex')).toString('base64');

async function askForToken(context: ProbeContext): Promise<Answer> {
	const { appKey = '', appSecret = '' } = context.appKey ?? {};
	return await context.send({ path: TOKEN, query: { app_key: appKey, app_signature: proof(appKey, appSecret) } });
}

/** `data` of the token call, or its first row. */
function tokenRow(answer: Answer | undefined): Fields {
	const data = answer && dataOf(answer);
	const row: unknown = Array.isArray(data) ? data[0] : data;
	return isFields(row) ? row : {};
}

const tokenIn = (row: Fields): string => textOf(row['app-token'] ?? row.access_token);

const STALE_SECRET = 1030002006;

const endOf = (answer: Answer): number => errcodeOf(answer) ?? answer.status;

async function token(context: ProbeContext): Promise<Finding> {
	const { authentication, appToken, routerDomain } = context.credential;
	if (authentication === 'appToken') {
		context.account = { appToken, routerDomain };
		return confirmed({ token: 'given' });
	}
	const answer = await askForToken(context);
	context.kept.set('token', answer);
	const row = tokenRow(answer);
	if (tokenIn(row) === '') {
		const code = endOf(answer);
		if (code === 429) return open(codes(answer), 'Two token calls a minute are allowed for an app key, and other programs have taken them: try again in a minute.');
		return contradicted(codes(answer), code === STALE_SECRET ? 'App Secret is not today\'s: JDY renews it every 24 hours. Copy the new one, or choose Instance ID.' : 'Check App Key and App Secret, and the authorisation of the account.');
	}
	const known = authentication === 'appKey' ? routerDomain : context.account?.routerDomain;
	context.account = { appToken: tokenIn(row), routerDomain: known || textOf(row.domain) };
	return confirmed(codes(answer));
}

function fetched(probe: (row: Fields, answer: Answer) => Finding): Probe['run'] {
	return ({ kept }) => {
		const answer = kept.get('token');
		return answer ? probe(tokenRow(answer), answer) : open({ token: 'given' });
	};
}

const MAX_SECONDS = 86_400 * 2;
const MIN_EPOCH = 1_000_000_000;

function unitOf(expires: number): 'seconds' | 'milliseconds' | 'moment' | 'unknown' {
	if (expires <= 0) return 'unknown';
	if (expires >= MIN_EPOCH) return 'moment';
	return expires <= MAX_SECONDS ? 'seconds' : 'milliseconds';
}

const CANDIDATES = ['bd/customer', 'scm/sal_order', 'fi/voucher'];

/** What calls with a wrong router domain have ended with. [D, C, R] */
const NOT_ROUTED = [404, 502, 5001, 5003, 3000002000];

async function router(context: ProbeContext): Promise<Finding> {
	let [isRouted, last]: [boolean, Answer | undefined] = [false, undefined];
	for (const path of CANDIDATES) {
		const answer = await context.call(path, { page: '1', page_size: '1' });
		last = answer;
		if (isDone(answer)) {
			context.readablePath = path;
			return confirmed(codes(answer));
		}
		isRouted ||= isRefusedByRule(answer);
	}
	const code = last ? endOf(last) : 0;
	const seen = last ? codes(last) : {};
	if (isRouted) return confirmed(seen);
	if ([4009, 4010, 4011, 401].includes(code)) return contradicted(seen, 'The gateway does not take the token: it ends after 24 hours, and belongs to one app and one account.');
	if (code === 4012) return { ...open(seen, 'The app may read neither customers, orders nor vouchers, so its router domain could not be seen.'), passes: true };
	return contradicted(seen, NOT_ROUTED.includes(code) ? 'The account may have moved: take the router domain (IDC域名) from open.jdy.com, or choose Instance ID, which finds it by itself.' : undefined);
}

function readable({ readablePath }: ProbeContext): Finding {
	return whether(readablePath !== '', { answered: readablePath !== '' }, 'Add the permissions for master data, orders or vouchers to the app on open.jdy.com.');
}

async function readAgain(context: ProbeContext, more: Parameters<ProbeContext['call']>[2] = {}): Promise<Answer> {
	return await context.call(context.readablePath, { page: '1', page_size: '1' }, more);
}

async function routerHeader(context: ProbeContext): Promise<Finding> {
	const answer = await readAgain(context, { headers: { 'X-GW-Router-Addr': undefined } });
	return whether(isDone(answer), codes(answer));
}

async function wrongRouter(context: ProbeContext): Promise<Finding> {
	const own = context.account?.routerDomain ?? '';
	const answer = await readAgain(context, { headers: { 'X-GW-Router-Addr': own.includes('tf.jdy.com') ? 'https://vip1-hz.jdy.com' : 'https://tf.jdy.com' } });
	return whether(NOT_ROUTED.includes(endOf(answer)), codes(answer));
}

async function nonceTwice(context: ProbeContext): Promise<Finding> {
	const nonce = newNonce();
	const answers = [await readAgain(context, { nonce }), await readAgain(context, { nonce })];
	const [first, second] = answers.map(isDone);
	if (!first) return open(codes(answers[0] as Answer));
	return whether(second === true, codes(answers[1] as Answer));
}

async function olderToken(context: ProbeContext): Promise<Finding> {
	const { account: older } = context;
	if (context.credential.authentication === 'appToken' || !older) return open({ token: 'given' });
	const answer = await askForToken(context);
	const newer = tokenIn(tokenRow(answer));
	if (newer === '') return open(codes(answer));
	context.account = { ...older, appToken: newer };
	const read = await readAgain(context, { account: older });
	return { ...whether(isDone(read) && newer !== older.appToken, { ...codes(read), isNew: newer !== older.appToken }, 'Use one credential for everything that reaches this account: each new token ends the one before.') };
}

const [layer, anchor] = ['Account and token', 'Accounts, keys and tokens'] as const;

export const accountProbes: Probe[] = [
	{ id: 'withoutInstance', layer, assumption: 'Without an Instance ID the app\'s own accounts are listed', mark: 'R', anchor, calls: 0, needs: ['signature'], run: withoutInstance },
	{ id: 'ofInstance', layer, assumption: 'The Instance ID lists its accounts, and one of them is valid', mark: 'D', anchor, calls: 1, needs: ['signature'], run: ofInstance },
	{ id: 'accountsEnvelope', layer, assumption: 'Accounts come with `code`, not with `errcode`', mark: 'C', anchor, calls: 0, needs: ['signature'], run: envelope },
	{ id: 'account', layer, assumption: 'Exactly one valid account fits the credential', mark: 'C', anchor, calls: 0, needs: ['signature'], run: chosen },
	{ id: 'token', layer, assumption: 'A token is issued for it', mark: 'D', anchor, calls: 1, needs: ['account'], judgesFailures: true, run: token },
	{ id: 'tokenData', layer, assumption: '`data` of the token call is an object', mark: 'C', anchor, calls: 0, needs: ['token'], run: fetched((_row, answer) => whether(isFields(dataOf(answer)), { data: kindOf(dataOf(answer)) })) },
	{ id: 'tokenLife', layer, assumption: '`expires` is the life of the token in milliseconds', mark: '1', anchor, calls: 0, needs: ['token'], run: fetched((row) => {
		if (row.expires === undefined) return contradicted({ expires: 'missing' });
		const unit = unitOf(Number(textOf(row.expires)));
		return whether(unit === 'milliseconds', { expires: unit });
	}) },
	{ id: 'tokenDomain', layer, assumption: 'The token call names the router domain', mark: 'C', anchor, calls: 0, needs: ['token'], run: fetched((row) => whether(textOf(row.domain) !== '', { domain: kindOf(row.domain) })) },
	{ id: 'router', layer, assumption: 'The router domain leads to the account', mark: 'D', anchor, calls: 3, needs: ['token'], judgesFailures: true, run: router },
	{ id: 'readable', layer, assumption: 'Customers, sales orders or vouchers may be read', mark: '-', anchor: 'Refusals and failures', calls: 0, needs: ['router'], run: readable },
	{ id: 'routerHeader', layer, assumption: 'A call without the router domain is served', mark: 'R', anchor, calls: 1, needs: ['readable'], run: routerHeader },
	{ id: 'wrongRouter', layer, assumption: 'A wrong router domain ends in 404, 502, 5001, 5003 or 3000002000', mark: 'R', anchor, calls: 1, needs: ['readable'], judgesFailures: true, run: wrongRouter },
	{ id: 'nonceTwice', layer, assumption: 'A nonce is taken twice', mark: '?', anchor: 'What a request carries', calls: 2, needs: ['readable'], run: nonceTwice },
	{ id: 'olderToken', layer, assumption: 'A new token leaves the one before valid', mark: '?', anchor, calls: 2, needs: ['readable'], run: olderToken },
];

