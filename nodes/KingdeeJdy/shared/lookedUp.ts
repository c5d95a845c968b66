import { failed } from '../gateway/failures';
import type { ItemDone, ItemEnded, ItemFailure } from './outcomes';
import type { Found, LookedUp } from './search';

/** The one document that was found; several with the same key prove nothing. */
export function theOne(looked: LookedUp | undefined): Found | undefined {
	return looked && 'found' in looked && looked.found.length === 1 ? looked.found[0] : undefined;
}

/** An item whose document was found in JDY. */
export function doneByFinding({ row, id }: Found, description: string, deduplicationKey: string): ItemDone {
	return { type: 'done', envelope: { errcode: 0, description, data: { data: row } }, lookedUp: { id }, deduplicationKey };
}

/** An unknown outcome with what looking it up has brought. Not to be found is no proof: it may still arrive. */
export function stillUnknown(failure: ItemFailure, looked: LookedUp | undefined): ItemFailure {
	if (!looked) return failure;
	const lookedUp = 'found' in looked ? { foundIds: looked.found.map(({ id }) => id ?? 'without an ID') } : { unread: looked.unread.message };
	return { ...failure, outcome: 'unknown', lookedUp };
}

/** How a save ends whose outcome was unknown, once JDY has been read. */
export function afterLook(failure: ItemFailure, looked: LookedUp, key: string): ItemEnded {
	const found = theOne(looked);
	if (!found) return failed(stillUnknown(failure, looked));
	return doneByFinding(found, 'saved: the answer was lost, and the document was found in JDY', key);
}
