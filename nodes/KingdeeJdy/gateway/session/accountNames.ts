import { createHash } from 'node:crypto';

import type { InstanceCredential } from '../credential/credential';
import type { Failure } from '../errors/failures';
import type { RequestContext } from '../request';
import type { SendOptions } from '../types';
import { ACCOUNT_NAMES, chooseAccount, fieldText } from './accounts';
import type { AccountRow } from './accounts';
import { authorizedRows, chosenFrom } from './tokenApi';
import type { AuthorizedRows } from './tokenApi';
import { tokenRateLimitFor, withinTokenLimit } from './tokenRateLimit';

const MAX_INSTANCES = 1000;

/** What is kept of an account, without its secrets. */
const TOLD = [...ACCOUNT_NAMES, 'accountName', 'status', 'groupName', 'agreementCompanyName', 'instanceExpiresTime'];

/** The accounts of an instance, or why they could not be listed. */
export type AskedAccounts = Promise<AuthorizedRows | { failure: Failure }>;

/** Everything that could change the answer: a credential with a wrong secret must not see the accounts of another one. */
function instanceOf({ gatewayOrigin, clientId, clientSecret, outerInstanceId }: InstanceCredential): string {
	return createHash('sha256').update(JSON.stringify([gatewayOrigin, clientId, clientSecret, outerInstanceId])).digest('base64');
}

async function ask(context: RequestContext, credential: InstanceCredential, options: SendOptions): AskedAccounts {
	const answer = await withinTokenLimit(tokenRateLimitFor(context, options), () => 0, async () => await authorizedRows(context, credential, options));
	if ('failure' in answer) return answer;
	return { mask: answer.mask, rows: answer.rows.map((row) => Object.fromEntries(TOLD.map((name) => [name, fieldText(row, name)]))) };
}

/** The accounts of an instance or an app as they are now, without their secrets, and which of them the credential chooses. */
export async function listAccounts(
	context: RequestContext,
	credential: InstanceCredential,
	options: SendOptions,
): Promise<{ rows: AccountRow[]; chosen: AccountRow | undefined } | { failure: Failure }> {
	const answer = await ask(context, credential, options);
	if ('failure' in answer) return answer;
	const chosen = chooseAccount(answer.rows, credential);
	const clean = (row: AccountRow) => answer.mask.clean(row) as AccountRow;
	return { rows: answer.rows.map(clean), chosen: 'row' in chosen ? clean(chosen.row) : undefined };
}

/** The names in a row: account ID, service ID and app key, as far as there are any. */
function namesIn(row: AccountRow): string[] {
	return ACCOUNT_NAMES.map((name) => fieldText(row, name)).filter((name) => name !== '');
}

/** The names of the account that a credential chooses among those that its instance has listed; undefined if none were listed. */
export function knownNames({ state }: RequestContext, credential: InstanceCredential): string[] | undefined {
	const chosen = chooseAccount(state.accountRows.get(instanceOf(credential)) ?? [], credential);
	return 'row' in chosen ? namesIn(chosen.row) : undefined;
}

/**
 * All names of the account that a credential chooses, the account ID first. An instance is asked once in a run, and once in
 * a process while the accounts it listed include the one that is wanted.
 *
 * @param asked what this run has asked already; a refusal counts for all of it
 */
export async function accountNames(
	context: RequestContext,
	credential: InstanceCredential,
	options: SendOptions,
	asked: Map<string, AskedAccounts>,
): Promise<{ names: string[] } | { failure: Failure }> {
	const told = knownNames(context, credential);
	if (told) return { names: told };
	const instance = instanceOf(credential);
	const { accountRows } = context.state;
	const asking = asked.get(instance) ?? ask(context, credential, options);
	asked.set(instance, asking);
	const answer = await asking;
	if ('failure' in answer) return answer;
	accountRows.delete(instance);
	accountRows.set(instance, answer.rows);
	for (const oldest of accountRows.keys()) {
		if (accountRows.size <= MAX_INSTANCES) break;
		accountRows.delete(oldest);
	}
	const chosen = chosenFrom(answer, credential);
	return 'row' in chosen ? { names: namesIn(chosen.row) } : chosen;
}
