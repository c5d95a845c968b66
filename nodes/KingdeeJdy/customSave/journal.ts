import type { IDataObject, IExecuteData } from 'n8n-workflow';

import { refusesCredentials } from '../gateway/failures';
import type { Failure, Outcome } from '../gateway/failures';

interface Entry {
	itemIndex: number;
	outcome: Outcome;
}

/** What one node did with each input object; the same object may stand at several positions. */
type NodeEntries = Map<IDataObject, Entry[]>;

/**
 * What earlier tries of a node did. n8n's Retry On Fail runs the whole node again, all items; what was saved, or may
 * have been, must keep its first outcome then.
 *
 * n8n hands the same `IExecuteData` to every try, but an AI agent hands its own to every call of every tool. So an
 * entry also belongs to one node, one position, and one input object, which n8n keeps between tries and never reuses.
 */
const journals = new WeakMap<IExecuteData, Map<string, NodeEntries>>();

/** Refused credentials stay refused on the next try: clients that go on are blacklisted. [D] */
function mayGoOutAgain(failure: Failure): boolean {
	const isRefusal = failure.errcode !== null && refusesCredentials(failure);
	return failure.outcome !== 'unknown' && !isRefusal;
}

export interface Journal {
	get: (itemIndex: number, json: IDataObject) => Outcome | undefined;
	/** Remembers an outcome after which the item must not be sent again. */
	keep: (itemIndex: number, json: IDataObject, outcome: Outcome) => void;
}

export function openJournal(executeData: IExecuteData, nodeId: string): Journal {
	const nodes = journals.get(executeData) ?? new Map<string, NodeEntries>();
	journals.set(executeData, nodes);
	const entries: NodeEntries = nodes.get(nodeId) ?? new Map();
	nodes.set(nodeId, entries);
	return {
		get: (itemIndex, json) => entries.get(json)?.find((entry) => entry.itemIndex === itemIndex)?.outcome,
		keep: (itemIndex, json, outcome) => {
			if (outcome.type === 'failed' && mayGoOutAgain(outcome.failure)) return;
			const known = entries.get(json) ?? [];
			entries.set(json, known);
			const entry = known.find((other) => other.itemIndex === itemIndex);
			if (entry) entry.outcome = outcome;
			else known.push({ itemIndex, outcome });
		},
	};
}
