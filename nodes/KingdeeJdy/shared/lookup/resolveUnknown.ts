import { failed } from '../../gateway/errors/failures';
import type { ItemDone, ItemFailure, ItemResult } from '../contract/outcomes';
import type { FoundDocument, LookUpResult } from '../contract/search';

/** The one document that was found; several with the same key prove nothing. */
export function onlyMatch(looked: LookUpResult | undefined): FoundDocument | undefined {
	return looked && 'found' in looked && looked.found.length === 1 ? looked.found[0] : undefined;
}

/** An item whose document was found in JDY. */
export function doneByFinding({ data, id }: FoundDocument, description: string, deduplicationKey?: string): ItemDone {
	return { type: 'done', envelope: { errcode: 0, description, data }, lookedUp: { id }, ...(deduplicationKey === undefined ? {} : { deduplicationKey }) };
}

/** An unknown outcome with what looking it up has brought. Not to be found is no proof: it may still arrive. */
export function stillUnknown(failure: ItemFailure, looked: LookUpResult | undefined): ItemFailure {
	if (!looked) return failure;
	if ('unread' in looked) return { ...failure, outcome: 'unknown', lookedUp: { unread: looked.unread.message } };
	const { found, other } = looked;
	const foundIds = [...found, ...(other ? [other] : [])].map(({ id }) => id ?? 'without an ID');
	return { ...failure, outcome: 'unknown', lookedUp: { foundIds, ...(other && { differing: other.differing }) } };
}

/** Looks for the document of a save whose outcome is unknown; what is known stays. */
export async function resolveUnknown(sent: ItemResult, look: (() => Promise<LookUpResult>) | undefined, key?: string): Promise<ItemResult> {
	if (sent.type === 'done' || sent.failure.outcome !== 'unknown' || !look) return sent;
	const looked = await look();
	const found = onlyMatch(looked);
	if (!found) return failed(stillUnknown(sent.failure, looked));
	return doneByFinding(found, 'saved: the answer was lost, and the document was found in JDY', key);
}
