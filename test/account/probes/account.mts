import { bodyOf, errcodeOf, isFields, textOf } from '../answer.mts';
import type { Fields } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { accountsIn, authorize } from './connection.mts';

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

const [layer, anchor] = ['Account and token', 'Accounts, keys and tokens'] as const;

export const accountProbes: Probe[] = [
	{ id: 'withoutInstance', layer, assumption: 'Without an Instance ID the app\'s own accounts are listed', mark: 'R', anchor, calls: 0, needs: ['signature'], run: withoutInstance },
	{ id: 'ofInstance', layer, assumption: 'The Instance ID lists its accounts, and one of them is valid', mark: 'D', anchor, calls: 1, needs: ['signature'], run: ofInstance },
	{ id: 'accountsEnvelope', layer, assumption: 'Accounts come with `code`, not with `errcode`', mark: 'C', anchor, calls: 0, needs: ['signature'], run: envelope },
	{ id: 'account', layer, assumption: 'Exactly one valid account fits the credential', mark: 'C', anchor, calls: 0, needs: ['signature'], run: chosen },
];
