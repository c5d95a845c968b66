import type { InstanceCredential } from '../credential/credential';
import { failureOf } from '../errors/failures';
import type { Failure } from '../errors/failures';

const VALID = '1';

/** What may name an account in the credential; the first is the one that is shown. */
export const ACCOUNT_NAMES = ['accountId', 'serviceId', 'appKey'] as const;

/** One row of what a management call answers. */
export type AccountRow = Record<string, unknown>;

/** A value as text; what is neither text nor a number is nothing. */
export function fieldText(row: AccountRow, name: string): string {
	const value = row[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** An account as it is shown to the user. */
export function accountLabel(row: AccountRow): string {
	const validity = fieldText(row, 'status') === VALID ? '' : ', not valid';
	return `${fieldText(row, 'accountId')} (${fieldText(row, 'accountName')}${validity})`;
}

/**
 * Chooses the account: valid, and named by accountId, serviceId or appKey if the credential names one. Never the
 * first blindly. [C]
 */
export function chooseAccount(rows: AccountRow[], { accountId, outerInstanceId }: InstanceCredential): { row: AccountRow } | { failure: Failure } {
	const isNamed = (row: AccountRow) => accountId === undefined || ACCOUNT_NAMES.some((name) => fieldText(row, name) === accountId);
	const [row, ...others] = rows.filter((candidate) => fieldText(candidate, 'status') === VALID && isNamed(candidate));
	if (row && others.length === 0) return { row };
	if (rows.length === 0) {
		const under = outerInstanceId === undefined ? 'for this app without an Instance ID' : 'under this Instance ID';
		return { failure: failureOf('instanceRefused', 'notSent', `Kingdee JDY knows no authorised account ${under}`) };
	}
	const problem = row ? 'More than one account fits' : 'No valid account fits';
	const message = `${problem} the Account ID. The accounts of this ${outerInstanceId === undefined ? 'app' : 'instance'}: ${rows.map(accountLabel).join('; ')}`;
	return { failure: failureOf('accountUnclear', 'notSent', message) };
}
