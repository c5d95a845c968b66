import type { Action } from '../contract/action';
import type { ItemFailure } from '../contract/outcomes';

/** What became of it, in the first words that a model reads. */
const NOT: Record<Action, string> = { save: 'Not saved', change: 'Not done', read: 'Not read' };
const MAYBE: Record<Action, string> = {
	save: 'May be saved: look in JDY before you try again',
	change: 'May be done: look in JDY before you try again',
	read: 'Not read',
};

/** n8n replaces a message that holds one of these by a text of its own, which says that it may be sent again at once. */
const NETWORK_CODES = /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO)\b/gi;

function outcomeInWords({ outcome, parts }: ItemFailure, action: Action): string {
	if (outcome === 'unknown') return MAYBE[action];
	return action !== 'read' && parts?.some((part) => part.outcome === 'done') ? 'Only a part was done' : NOT[action];
}

/** A text without the words for which n8n would replace it. */
export function withoutNetworkCodes(text: string): string {
	return text.replace(/ ?\(([A-Z_]+)\)/g, (all, code: string) => (code.replace(NETWORK_CODES, '') === '' ? '' : all)).replace(NETWORK_CODES, 'a network error');
}

/**
 * A failure as the one text that a model is sure to read: outcome, what happened, what to do.
 *
 * @param advice what the description of the error says
 */
export function toolMessage(failure: ItemFailure, action: Action, advice: string): string {
	const what = failure.message.trim();
	const end = /[.!?。！？]$/.test(what) ? '' : '.';
	return withoutNetworkCodes(`${outcomeInWords(failure, action)}: ${what}${end} ${advice} (outcome: ${failure.outcome})`);
}
