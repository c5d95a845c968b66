import { failed } from '../../gateway/errors/failures';
import type { Deduplication } from '../contract/operation';
import { localFailure } from '../contract/outcomes';
import type { ItemDone, ItemResult } from '../contract/outcomes';
import type { FoundDocument } from '../contract/search';
import { doneByFinding } from '../lookup/resolveUnknown';

const OTHER_DATA = ', with other data';

/** What is known of a document beside that it was saved. */
interface KnownDocument {
	/** What JDY holds, if it has been read. */
	found?: FoundDocument | undefined;
	/** @default false */
	dataDiffers?: boolean;
}

/** A document that is in JDY already and was not sent. */
export function alreadySaved(by: string, deduplicationKey: string, { found, dataDiffers = false }: KnownDocument = {}): ItemDone {
	const description = `already saved by ${by}${dataDiffers ? OTHER_DATA : ''}`;
	const done: ItemDone = found ? doneByFinding(found, description, deduplicationKey) : { type: 'done', envelope: { errcode: 0, description, data: null } };
	return { ...done, alreadySaved: { dataDiffers }, deduplicationKey };
}

/** An item that was not sent, because an earlier one of the run has its key and ended so. */
export function sameAs(itemIndex: number, ended: ItemResult | undefined, { key, search }: Deduplication): ItemResult {
	if (ended?.type === 'done') {
		const saved = alreadySaved(`item ${itemIndex} of this run`, key);
		return search ? { ...saved, envelope: { ...saved.envelope, data: ended.envelope.data } } : saved;
	}
	const same = `item ${itemIndex} has the same Deduplication Key`;
	if (ended?.failure.outcome !== 'unknown') return failed(localFailure('stopped', `Not sent, because ${same} and was not saved`));
	return failed(localFailure('unknownEarlier', `Not sent, because ${same} and may have been saved`, 'unknown'));
}
