import { codes, isDone, isRefusedByRule } from '../answer.mts';
import type { Answer } from '../answer.mts';
import { newNonce } from '../caller.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { wordOf } from '../words.mts';
import { askForToken, endOf, tokenIn, tokenRow } from './token.mts';

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
	if (last?.status === 0 || code === 429) return open(last?.status === 0 ? { error: wordOf(last.error) } : seen, 'Run the check again.');
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
	return answer.status === 0 ? open({ error: wordOf(answer.error) }) : whether(NOT_ROUTED.includes(endOf(answer)), codes(answer));
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
	if (context.disturbance) return open(codes(read));
	const isNew = newer !== older.appToken;
	return whether(isDone(read) && isNew, { ...codes(read), isNew }, 'Use one credential for everything that reaches this account: each new token ends the one before.');
}

const [layer, anchor] = ['Account and token', 'Accounts, keys and tokens'] as const;

export const routerProbes: Probe[] = [
	{ id: 'router', layer, assumption: 'The router domain leads to the account', mark: 'D', anchor, calls: 3, needs: ['token'], judgesFailures: true, run: router },
	{ id: 'readable', layer, assumption: 'Customers, sales orders or vouchers may be read', mark: '-', anchor: 'Refusals and failures', calls: 0, needs: ['router'], run: readable },
	{ id: 'routerHeader', layer, assumption: 'A call without the router domain is served', mark: 'R', anchor, calls: 1, needs: ['readable'], run: routerHeader },
	{ id: 'wrongRouter', layer, assumption: 'A wrong router domain ends in 404, 502, 5001, 5003 or 3000002000', mark: 'R', anchor, calls: 1, needs: ['readable'], judgesFailures: true, run: wrongRouter },
	{ id: 'nonceTwice', layer, assumption: 'A nonce is taken twice', mark: '?', anchor: 'What a request carries', calls: 2, needs: ['readable'], run: nonceTwice },
	{ id: 'olderToken', layer, assumption: 'A new token leaves the one before valid', mark: '?', anchor, calls: 2, needs: ['readable'], judgesFailures: true, run: olderToken },
];
