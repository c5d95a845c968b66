import { failed } from '../gateway/failures';
import { foundEnvelope } from './lookedUp';
import type { Unique } from './operation';
import { held } from './outcomes';
import type { ItemEnded } from './outcomes';
import type { Found } from './search';

const OTHER_DATA = ', with other data';

/** What is known of a document beside that it was saved. */
interface Known {
	/** What JDY holds, where that has been read. */
	found?: Found | undefined;
	/** @default false */
	dataDiffers?: boolean;
}

/** A document that stands in JDY already and was not sent. */
export function alreadySaved(by: string, deduplicationKey: string, { found, dataDiffers = false }: Known = {}): ItemEnded {
	const description = `already saved by ${by}${dataDiffers ? OTHER_DATA : ''}`;
	const envelope = found ? foundEnvelope(found, description, deduplicationKey) : { errcode: 0, description, data: null };
	return { type: 'done', envelope: { ...envelope, alreadySaved: true, deduplicationKey, ...(dataDiffers && { dataDiffers }) } };
}

/** An item that was not sent, because an earlier one of the run has its key and ended so. */
export function sameAs(itemIndex: number, ended: ItemEnded | undefined, { key, search }: Unique): ItemEnded {
	if (ended?.type === 'done') {
		const [by, { data }] = [`item ${itemIndex} of this run`, ended.envelope];
		const saved = alreadySaved(by, key);
		return search && saved.type === 'done' ? { type: 'done', envelope: { ...saved.envelope, data } } : saved;
	}
	const same = `item ${itemIndex} has the same Deduplication Key`;
	if (ended?.failure.outcome !== 'unknown') return failed(held('stopped', `Not sent, because ${same} and was not saved`));
	return failed(held('unknownEarlier', `Not sent, because ${same} and may have been saved`, 'unknown'));
}
