import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { TRIAL } from '../../gateway/authentication/trial';
import type { Gateway } from '../../gateway/call';
import { failed } from '../../gateway/errors/failures';
import { listAccounts } from '../../gateway/session/accountNames';
import { fieldText } from '../../gateway/session/accounts';
import type { AccountRow } from '../../gateway/session/accounts';
import { cachedSession, tokenAgeMs } from '../../gateway/session/session';
import type { Operation, Settings } from '../../shared/contract/operation';
import type { ItemFailure } from '../../shared/contract/outcomes';
import { parametersFor, readSettings } from '../common/nodeParameters';

const VALID = '1';
const SECOND_MS = 1000;

/** `Date` has whole seconds, so that an offset by it is half a second too little on average. */
const HALF_SECOND_MS = 500;

/** Refusals of a service: it was reached, so client, token and router domain are right. */
const ANSWERED: ReadonlySet<string> = new Set(['permission', 'field', 'businessRule', 'configuration', 'badRequest']);

const isAnswered = ({ kind, status }: ItemFailure): boolean => ANSWERED.has(kind) || (kind === 'unlisted' && status === 200);

/** When an account ends, from epoch milliseconds; null if JDY does not say. */
function endOf(row: AccountRow): string | null {
	const atMs = Number(fieldText(row, 'instanceExpiresTime') || Number.NaN);
	const date = new Date(atMs);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** An account as it is shown: never its key or its secret. */
function shownAccount(row: AccountRow): IDataObject {
	const text = (name: string) => fieldText(row, name) || null;
	return {
		accountId: text('accountId'),
		accountName: text('accountName'),
		serviceId: text('serviceId'),
		groupName: text('groupName'),
		companyName: text('agreementCompanyName'),
		status: fieldText(row, 'status') === VALID ? 'valid' : 'notValid',
		endsAt: endOf(row),
	};
}

/** What the process knows of the account, beside what JDY lists. */
function knownOf({ credential, state, clock, rateLimiter }: Gateway): IDataObject {
	const nowMs = clock.now();
	const ageMs = tokenAgeMs(state, credential, nowMs);
	const offsetMs = state.dateOffsets.get(credential.gatewayOrigin);
	return {
		authentication: credential.authentication,
		readOnly: credential.readOnly,
		gatewayUrl: credential.gatewayOrigin,
		routerDomain: cachedSession(state, credential, nowMs)?.routerDomain ?? null,
		tokenAgeSeconds: ageMs === undefined ? null : Math.floor(ageMs / SECOND_MS),
		callsInLastMinute: rateLimiter.recentCalls(),
		clockOffsetSeconds: offsetMs === undefined ? null : Math.round((offsetMs + HALF_SECOND_MS) / SECOND_MS) + 0,
	};
}

function noticeFor(isUnclear: boolean, count: number): string | undefined {
	if (!isUnclear) return undefined;
	return `${count} accounts, and the credential does not say which: put the accountId of the one you want into Account ID of the credential, or into the option Account`;
}

/** The account of the credential, those beside it, and what the process knows of them. One call proves that the credential holds. */
export const getInfo: Operation<Settings> = {
	action: 'read',
	read: (context: IExecuteFunctions, itemIndex) => readSettings(parametersFor(context, itemIndex)),
	endpoint: () => TRIAL.endpoint,
	body: () => TRIAL.body,
	subject: () => ({}),
	once: () => ({ kind: 'getInfo', ids: [''] }),
	run: async ({ gateway, endpoint, body, sending: { timeoutMs } }, call) => {
		const tried = await call(endpoint, body);
		const failure = tried.type === 'failed' ? tried.failure : undefined;
		const isUnclear = failure?.kind === 'accountUnclear';
		if (failure && !isUnclear && !isAnswered(failure)) return failed(failure);
		const { credential, send, clock, state } = gateway;
		// Whoever looks does not wait in line for it.
		const listed = credential.authentication === 'instance' ? await listAccounts({ send, clock, state }, credential, { timeoutMs }) : { rows: [], chosen: undefined };
		if ('failure' in listed) return failed(listed.failure);
		const { rows, chosen } = listed;
		const notice = noticeFor(isUnclear, rows.length);
		const info = { account: chosen ? shownAccount(chosen) : null, accounts: rows.map(shownAccount), ...knownOf(gateway) };
		return { type: 'done', envelope: { errcode: 0, description: 'success', data: info }, ...(notice !== undefined && { notice }) };
	},
	items: ({ data }) => [data as IDataObject],
};
