import type { IDataObject, IExecuteData } from 'n8n-workflow';

import { failed, staysRefused } from '../../gateway/errors/failures';
import type { InputItem } from '../contract/operation';
import { localFailure } from '../contract/outcomes';
import type { ItemFailure, ItemResult } from '../contract/outcomes';

interface Entry {
	itemIndex: number;
	ended: ItemResult;
}

/** What one node did with each input object; the same object may be at several positions. */
type NodeEntries = Map<IDataObject, Entry[]>;

/**
 * What earlier tries of a node did. n8n's Retry On Fail runs the whole node again, all items; what was done, or may
 * have been, must keep its first outcome then.
 *
 * n8n hands the same `IExecuteData` to every try, but an AI agent hands its own to every call of every tool. So an
 * entry also belongs to one node, one position, and one input object, which n8n keeps between tries and never reuses.
 */
const resultsOfNodes = new WeakMap<IExecuteData, Map<string, NodeEntries>>();

/** An item is sent whole, so not a second time if a part of it was done, or may have been. */
function isPartlyDone({ parts = [] }: ItemFailure): boolean {
	return parts.some(({ outcome }) => outcome === 'done' || outcome === 'unknown');
}

/** Refused credentials stay refused on the next try: clients that go on are blacklisted. [D] */
function mayGoOutAgain(failure: ItemFailure): boolean {
	return failure.outcome !== 'unknown' && !isPartlyDone(failure) && !staysRefused(failure);
}

/** What earlier tries did with the items that are sent as one, which are one item or the members of a group. */
export interface PriorResults {
	/** Their result; unknown if an earlier try has grouped them in another way. */
	get: (members: readonly InputItem[]) => ItemResult | undefined;
	/** Remembers an outcome after which they must not be sent again. */
	keep: (members: readonly InputItem[], ended: ItemResult) => void;
}

const OTHERWISE_GROUPED = 'An earlier try of this run sent some of these items in another document';

export function openPriorResults(executeData: IExecuteData, nodeId: string): PriorResults {
	const nodes = resultsOfNodes.get(executeData) ?? new Map<string, NodeEntries>();
	resultsOfNodes.set(executeData, nodes);
	const entries: NodeEntries = nodes.get(nodeId) ?? new Map();
	nodes.set(nodeId, entries);
	const entryOf = ({ itemIndex, json }: InputItem) => entries.get(json)?.find((entry) => entry.itemIndex === itemIndex);
	return {
		get: (members) => {
			const [first, ...others] = new Set(members.map((member) => entryOf(member)?.ended));
			return others.length === 0 ? first : failed(localFailure('unknownEarlier', OTHERWISE_GROUPED, 'unknown'));
		},
		keep: (members, ended) => {
			const isIncomplete = ended.type === 'done' && ended.failures !== undefined;
			if (isIncomplete || (ended.type === 'failed' && mayGoOutAgain(ended.failure))) return;
			for (const member of members) {
				const { itemIndex, json } = member;
				const known = entryOf(member);
				if (known) known.ended = ended;
				else entries.set(json, [...(entries.get(json) ?? []), { itemIndex, ended }]);
			}
		},
	};
}
