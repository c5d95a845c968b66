import type { Fault } from './faults.mts';

/** One request that arrived, and what became of it. */
export interface LedgerEntry {
	at: number;
	requestId: string;
	method: string;
	path: string;
	query: string;
	headers: Record<string, string | undefined>;
	body: string;
	/** As the gateway answered, before any fault. */
	status: number;
	accountId: string | undefined;
	/** Id of the document that this request saved. */
	savedId: string | undefined;
	fault: Fault['type'] | undefined;
}
