import { adviceOf } from '../../gateway/errors/advice';
import type { Action } from '../contract/action';
import { isOwnKind, traitsOfItem } from '../contract/kinds';
import type { ItemFailure } from '../contract/outcomes';
import { adviceInWords } from './refusals';

const MAX_LISTED = 50;

/** Indexes of items as a text names them: `0, 2, 3`. */
export function listed(items: readonly number[]): string {
	const more = items.length > MAX_LISTED ? `, and ${items.length - MAX_LISTED} more` : '';
	return `${items.slice(0, MAX_LISTED).join(', ')}${more}`;
}

/** What is said first if the outcome is unknown, because doing it again may do it twice. */
const LOOK_FIRST: Record<Action, string> = {
	save: 'It is not known whether this document was saved. It was not sent again. Look for it in JDY before you send it once more. ',
	change: 'It is not known whether JDY did this. It was not sent again. Look in JDY before you run it once more. ',
	read: '',
};

/** What is said first if it was surely not done. */
const NOT_DONE: Record<Action, string> = {
	save: 'This document was not saved. ',
	change: 'JDY did not do this. ',
	read: '',
};

const NOTHING_SENT = 'Nothing was sent for this item. ';

const PARTLY_DONE = 'Only a part of this was done. ';

function advice(failure: ItemFailure): string {
	const { kind, code, outcome, message, advice: known } = failure;
	if (kind === 'timeout') return 'If JDY is often this slow, raise the option Timeout.';
	const inWords = outcome === 'rejected' ? (known ?? adviceInWords(message)) : undefined;
	if (inWords !== undefined) return inWords;
	return traitsOfItem(failure).advice ?? adviceOf(kind, code);
}

/** The code of a network error, for the network's administrator. */
function networkCode({ code }: ItemFailure): string {
	return typeof code === 'string' ? ` (${code})` : '';
}

/** A document that has the number of the one that was sent. */
function differentDocument(id: string, differing: readonly string[]): string {
	if (differing.length === 0) return `JDY has a document with this number, ID ${id}, and shows nothing to tell whether it is this one. `;
	return `JDY has a document with this number, ID ${id}, but not with what was sent: ${differing.join(', ')}. `;
}

/** What looking for the document has brought so far. */
function lookedUp({ lookedUp: looked }: ItemFailure): string {
	if (!looked) return '';
	if ('unread' in looked) return `This package could not look for it: ${looked.unread}. `;
	const { foundIds, differing } = looked;
	if (differing) return differentDocument(foundIds.join(), differing);
	if (foundIds.length === 0) return 'This package has looked for it and not found it, but it may still arrive. ';
	return `JDY has ${foundIds.length} documents with this key: ID ${foundIds.join(', ID ')}. `;
}

/** What became of it, before anything else; what was held back here, or found no connection, says so in its advice. */
function outcomeOf(failure: ItemFailure, action: Action): string {
	const { kind, outcome, parts } = failure;
	if (outcome === 'unknown') return `${LOOK_FIRST[action]}${lookedUp(failure)}`;
	if (outcome === 'notSent') return action === 'read' || (isOwnKind(kind) && kind !== 'internal') || kind === 'notConnected' ? '' : NOTHING_SENT;
	return parts?.some((part) => part.outcome === 'done') ? PARTLY_DONE : NOT_DONE[action];
}

/** Who sends only some of them again would save a document without the lines of the others. */
function membersOf({ items }: ItemFailure): string {
	return items === undefined ? '' : ` Items ${listed(items)} make one document.`;
}

/** What the user should do about a failure. */
export function adviceFor(failure: ItemFailure, action: Action): string {
	const known = failure.outcome === 'unknown' && failure.advice !== undefined ? ` ${failure.advice}` : '';
	const hints = (failure.hints ?? []).map((hint) => ` ${hint}.`).join('');
	return `${outcomeOf(failure, action)}${advice(failure)}${networkCode(failure)}${known}${membersOf(failure)}${hints}`;
}

/** By what Kingdee's support finds the call. */
export function referenceTo({ errcode, requestId }: ItemFailure): string {
	const told = [...(errcode ? [`JDY's error code: ${errcode}`] : []), ...(requestId === null ? [] : [`Request ID: ${requestId}`])];
	return told.map((text) => ` ${text}.`).join('');
}
