import { createHmac } from 'node:crypto';

import { codes, dataOf, errcodeOf, isFields, textOf } from '../answer.mts';
import type { Answer, Fields } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { kindOf, wordOf } from '../words.mts';
import { TOKEN } from './connection.mts';

/** `app_signature` of the token call. [D] */
const proof = (text: string, secret: string): string => Buffer.from(createHmac('sha256', secret).update(text).digest('hex')).toString('base64');

export async function askForToken(context: ProbeContext): Promise<Answer> {
	const { appKey = '', appSecret = '' } = context.appKey ?? {};
	return await context.send({ path: TOKEN, query: { app_key: appKey, app_signature: proof(appKey, appSecret) } });
}

/** `data` of the token call, or its first row. */
export function tokenRow(answer: Answer | undefined): Fields {
	const data = answer && dataOf(answer);
	const row: unknown = Array.isArray(data) ? data[0] : data;
	return isFields(row) ? row : {};
}

export const tokenIn = (row: Fields): string => textOf(row['app-token'] ?? row.access_token);

const STALE_SECRET = 1030002006;

/** What an answer ended with: its errcode, or its status. */
export const endOf = (answer: Answer): number => errcodeOf(answer) ?? answer.status;

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
		if (answer.status === 0) return open({ error: wordOf(answer.error) });
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

const [layer, anchor] = ['Account and token', 'Accounts, keys and tokens'] as const;

export const tokenProbes: Probe[] = [
	{ id: 'token', layer, assumption: 'A token is issued for it', mark: 'D', anchor, calls: 1, needs: ['account'], judgesFailures: true, run: token },
	{ id: 'tokenData', layer, assumption: '`data` of the token call is an object', mark: 'C', anchor, calls: 0, needs: ['token'], run: fetched((_row, answer) => whether(isFields(dataOf(answer)), { data: kindOf(dataOf(answer)) })) },
	{ id: 'tokenLife', layer, assumption: '`expires` is the life of the token in milliseconds', mark: '1', anchor, calls: 0, needs: ['token'], run: fetched((row) => {
		if (row.expires === undefined) return contradicted({ expires: 'missing' });
		const unit = unitOf(Number(textOf(row.expires)));
		return whether(unit === 'milliseconds', { expires: unit });
	}) },
	{ id: 'tokenDomain', layer, assumption: 'The token call names the router domain', mark: 'C', anchor, calls: 0, needs: ['token'], run: fetched((row) => whether(textOf(row.domain) !== '', { domain: kindOf(row.domain) })) },
];
