import type { Values } from '../../catalogue/wire/values';
import { Complaint } from '../../gateway/complaint';
import type { Gathered, ReadItem } from '../../shared/operation';
import { complaintAbout, groupItems } from './lines';
import type { Saving } from './saving';

/** A document of all items that share its value, or why there is none. */
function gatheredOf(members: ReadonlyArray<ReadItem<Saving>>, merged: { document: Values } | { complaint: Complaint }): Gathered<Saving> {
	const [first, ...others] = members;
	if (!first) throw new Error('A group without items');
	const items: Gathered<Saving>['items'] = [first, ...others];
	const broken = members.find(({ parameters: { problem } }) => problem !== undefined);
	if (broken) {
		return { items, complaint: new Complaint(`Item ${broken.itemIndex}`, `cannot be used: ${broken.parameters.problem?.message ?? ''}`) };
	}
	if ('complaint' in merged) return { items, complaint: merged.complaint };
	const keys = new Set(members.map(({ parameters: { key } }) => key));
	if (keys.size > 1) return { items, complaint: new Complaint('Deduplication Key', `must be the same for all items of a document, but is ${[...keys].map(String).join(' and ')}`) };
	return { items, parameters: { ...first.parameters, given: merged.document } };
}

/** What must be equal for items to be compared at all: `type` and the list may be expressions. */
function kindOf({ parameters: { type, grouping } }: ReadItem<Saving>): string {
	return JSON.stringify([type.value, grouping?.linesField, grouping?.groupField]);
}

function gatherKind(items: ReadonlyArray<ReadItem<Saving>>): Array<Gathered<Saving>> {
	const [first] = items;
	const { grouping, shape } = first?.parameters ?? {};
	if (!grouping || !shape) return items.map((item): Gathered<Saving> => ({ items: [item], parameters: item.parameters }));
	const members = items.map(({ itemIndex, parameters }) => ({
		itemIndex,
		group: parameters.grouping?.group ?? '',
		given: parameters.given,
	}));
	const byIndex = new Map(items.map((item) => [item.itemIndex, item]));
	const lineShape = { parameters: shape.parameters, linesField: grouping.linesField, groupField: grouping.groupField };
	const complaint = complaintAbout(lineShape);
	if (complaint) return items.map((item): Gathered<Saving> => ({ items: [item], complaint }));
	return groupItems(members, lineShape).map((one) => gatheredOf(one.itemIndexes.flatMap((index) => byIndex.get(index) ?? []), one));
}

/** Puts the items together that make one document; without grouping each makes its own. */
export function gather(items: ReadonlyArray<ReadItem<Saving>>): Array<Gathered<Saving>> {
	return [...Map.groupBy(items, kindOf).values()].flatMap(gatherKind);
}
