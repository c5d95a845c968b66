import { ValidationError } from '../../gateway/errors/validationError';
import { checkScalar } from '../data/plainScalar';
import { checkFilledIn, isTextOfNothing } from './expressions';

const LABEL = 'Deduplication Key';

/** What n8n calls a workflow that has never been saved. */
const UNSAVED = '__EMPTY__';

function numberAsText(value: number): string {
	if (!Number.isFinite(value)) throw new ValidationError(LABEL, `is ${value}, which cannot tell documents apart`);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new ValidationError(LABEL, `is ${value}, a number too long to be exact, which lost digits before it came here; give it as text`);
	}
	return String(value);
}

/**
 * Reads the key of one item. A key that is set must say something: a blank one would make all documents the same.
 *
 * @param raw the parameter in the node, before n8n filled it in
 * @throws ValidationError
 */
export function readKey(value: unknown, raw: unknown): string {
	if (typeof value === 'number') return numberAsText(value);
	if (typeof value === 'bigint') {
		checkScalar(LABEL, value);
		return String(value);
	}
	checkFilledIn(LABEL, value, raw);
	if (value !== null && value !== undefined && typeof value !== 'string') throw new ValidationError(LABEL, 'must be text or a number');
	const text = (value ?? '').trim();
	if (text === '') throw new ValidationError(LABEL, 'must not be blank');
	if (isTextOfNothing(text)) throw new ValidationError(LABEL, `is the text "${text}": its expression found nothing`);
	return text;
}

/** @throws ValidationError if n8n cannot keep keys for this workflow */
export function checkWorkflow(id: string | undefined): void {
	if (!id || id === UNSAVED) throw new ValidationError(LABEL, 'works in a saved workflow only; save the workflow first');
}

/**
 * A key, its type and its account, if it has one, as one text that no others give: two types of document may use the same
 * numbers, and so may two accounts.
 *
 * @param instanceId of the account, which only earlier builds put there
 */
export function scopedKey(type: string, key: string, account?: string, instanceId?: string): string {
	const scope = [account, instanceId].flatMap((name, index) => (name === undefined ? [] : [`${'@#'[index]}${encodeURIComponent(name)}`]));
	return `${encodeURIComponent(type)}${scope.join('')}:${key}`;
}
