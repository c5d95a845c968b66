import { stateSlot } from '../../gateway/state';
import type { GatewayState } from '../../gateway/state';

/**
 * What an account has shown of what the documentation leaves open [?]. Nothing here is a guess: an answer has shown it, and one
 * that shows otherwise takes its place.
 */
export interface AccountFacts {
	/** How details answer to a number in place of an ID, by the kind of master data. */
	detailByNumber: Map<string, 'answers' | 'refuses'>;
	/** Whether `cust/list` chooses the rows that have a value in a field, by `customFilter`. */
	filters: Map<string, boolean>;
	/** How a list of values in a query is understood: as JSON, or as the name repeated. */
	arrayFormat?: 'json' | 'repeat';
}

const MAX_ACCOUNTS = 1000;
const MAX_FILTERS = 1000;

/** By what names the account; what has not been used for longest is dropped first. */
const factsOfAccounts = stateSlot(() => new Map<string, AccountFacts>());

/** What the process remembers of how an account behaves. */
export function accountFacts(state: GatewayState, account: string): AccountFacts {
	const all = factsOfAccounts(state);
	const facts = all.get(account) ?? { detailByNumber: new Map(), filters: new Map() };
	all.delete(account);
	all.set(account, facts);
	const [oldest] = all.size > MAX_ACCOUNTS ? all.keys() : [];
	if (oldest !== undefined) all.delete(oldest);
	return facts;
}

/** Names a field of a custom document type as a filter of its list. */
export function customFilter(bizType: string, field: string): string {
	return JSON.stringify([bizType, field]);
}

/** Remembers whether a list filters by a field. */
export function learnFilter({ filters }: AccountFacts, filter: string, isApplied: boolean): void {
	if (filters.size >= MAX_FILTERS) filters.clear();
	filters.set(filter, isApplied);
}
