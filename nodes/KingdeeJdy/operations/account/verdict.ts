import { parametersOf, requiredOf } from '../../catalogue/catalogue';
import type { Call } from '../../catalogue/types';
import { refusesCredentials } from '../../gateway/errors/failures';
import type { Envelope } from '../../gateway/types';
import type { ItemFailure, ItemResult } from '../../shared/contract/outcomes';
import { findRows } from '../../shared/pagination/rows';

/** Why something cannot be read. */
export type Obstacle = 'edition' | 'permission' | 'setting';

/** Whether the app may read something: null if the answer does not show it. */
export type Verdict = { allowed: true; rows: number | null } | { allowed: false; rows: null; obstacle: Obstacle } | { allowed: null; rows: null };

const FORBIDDEN = 403;

/** The gateway's own status, also for modules that the edition lacks [R]. */
const OF_GATEWAY = 519;

const UNCLEAR: Verdict = { allowed: null, rows: null };
const ANSWERED: Verdict = { allowed: true, rows: null };

/** How JDY says that a parameter is wanted. */
const WANTS_PARAMETER = /缺失|缺少|不能为空|必填|必录|不能超过|参数|missing|required|parameter/i;
const NOT_PERMITTED = /权限|未授权|未开通|未购买|permission/i;

function refused(obstacle: Obstacle): Verdict {
	return { allowed: false, rows: null, obstacle };
}

/** How many rows a list has; null if the answer does not say. */
function countIn(envelope: Envelope, { rows, total, paging }: Call): number | null {
	const found = rows && findRows(envelope, { rows, total });
	if (!found) return null;
	return found.total ?? (paging ? null : found.rows.length);
}

function isPermission({ kind, status, errcode }: ItemFailure): boolean {
	return kind === 'permission' || (kind === 'unauthorised' && (errcode ?? status) === FORBIDDEN);
}

/** Whether nothing more may be asked: the credentials are refused, or the run has ended. */
export function endsCheck(failure: ItemFailure): boolean {
	return failure.kind === 'cancelled' || failure.kind === 'stopped' || (refusesCredentials(failure) && !isPermission(failure));
}

/** A refusal for want of a parameter shows that the call may be made. */
function refusalVerdict(failure: ItemFailure, call: Call): Verdict {
	const { kind, message, status } = failure;
	if (isPermission(failure)) return refused('permission');
	if (kind === 'configuration') return refused('setting');
	// An unknown path and a module that the edition lacks are refused alike [R]; a moved account as well, see `confirmVerdicts`.
	if (kind === 'router' || (status === OF_GATEWAY && (kind === 'unlisted' || kind === 'noEnvelope'))) return refused('edition');
	if (kind === 'field') return NOT_PERMITTED.test(message) ? refused('permission') : ANSWERED;
	if (kind !== 'businessRule' && kind !== 'badRequest') return UNCLEAR;
	if (NOT_PERMITTED.test(message)) return refused('permission');
	const isWanting = WANTS_PARAMETER.test(message) || (kind === 'badRequest' && requiredOf(parametersOf(call)).length > 0);
	return isWanting ? ANSWERED : UNCLEAR;
}

/** What an answer shows of a call without any filter. */
export function verdictOn(result: ItemResult, call: Call): Verdict {
	return result.type === 'done' ? { allowed: true, rows: countIn(result.envelope, call) } : refusalVerdict(result.failure, call);
}

/**
 * The verdicts of a whole check. A router domain that is wrong refuses every call as a missing module does: one that was
 * answered shows that it is right.
 */
export function confirmVerdicts(verdicts: readonly Verdict[]): Verdict[] {
	const isRouted = verdicts.some(({ allowed }) => allowed === true) || verdicts.some((verdict) => verdict.allowed === false && verdict.obstacle === 'setting');
	return verdicts.map((verdict) => (!isRouted && verdict.allowed === false && verdict.obstacle === 'edition' ? UNCLEAR : verdict));
}
