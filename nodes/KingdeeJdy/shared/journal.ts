import type { IDataObject, IExecuteData } from 'n8n-workflow';

import { staysRefused } from '../gateway/failures';
import type { ItemEnded, ItemFailure } from './outcomes';

interface Entry {
	itemIndex: number;
	ended: ItemEnded;
}

/** What one node did with each input object; the same object may stand at several positions. */
type NodeEntries = Map<IDataObject, Entry[]>;

/**
 * What earlier tries of a node did. n8n's Retry On Fail runs the whole node again, all items; what was done, or may
 * have been, must keep its first outcome then.
 *
 * n8n hands the same `IExecuteData` to every try, but an AI agent hands its own to every call of every tool. So an
 * entry also belongs to one node, one position, and one input object, which n8n keeps between tries and never reuses.
 */
const journals = new WeakMap<IExecuteData, Map<string, NodeEntries>>();

/** An item goes out whole, so not a second time where a part of it was done, or may have been. */
function isPartlyDone({ parts = [] }: ItemFailure): boolean {
	return parts.some(({ outcome }) => outcome === 'done' || outcome === 'unknown');
}

/** Refused credentials stay refused on the next try: clients that go on are blacklisted. [D] */
function mayGoOutAgain(failure: ItemFailure): boolean {
	return failure.outcome !== 'unknown' && !isPartlyDone(failure) && !staysRefused(failure);
}

export interface Journal {
	get: (itemIndex: number, json: IDataObject) => ItemEnded | undefined;
	/** Remembers an outcome after which the item must not be sent again. */
	keep: (itemIndex: number, json: IDataObject, ended: ItemEnded) => void;
}

export function openJournal(executeData: IExecuteData, nodeId: string): Journal {
	const nodes = journals.get(executeData) ?? new Map<string, NodeEntries>();
	journals.set(executeData, nodes);
	const entries: NodeEntries = nodes.get(nodeId) ?? new Map();
	nodes.set(nodeId, entries);
	return {
		get: (itemIndex, json) => entries.get(json)?.find((entry) => entry.itemIndex === itemIndex)?.ended,
		keep: (itemIndex, json, ended) => {
			if (ended.type === 'failed' && mayGoOutAgain(ended.failure)) return;
			const known = entries.get(json) ?? [];
			entries.set(json, known);
			const entry = known.find((other) => other.itemIndex === itemIndex);
			if (entry) entry.ended = ended;
			else known.push({ itemIndex, ended });
		},
	};
}
