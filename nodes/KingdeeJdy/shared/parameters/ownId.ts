import { ValidationError } from '../../gateway/errors/validationError';
import { isTextOfNothing } from './expressions';

/**
 * Refuses an ID of a document that is given and says nothing: with it a new document would be saved instead of the one that
 * is meant being changed.
 *
 * @throws ValidationError
 */
export function checkOwnId(document: object): void {
	if (!Object.hasOwn(document, 'id')) return;
	const { id } = document as { id?: unknown };
	if (typeof id === 'string' && isTextOfNothing(id)) throw new ValidationError('Field "id"', `is the text "${id.trim()}": its expression found nothing`);
	const isEmpty = id === undefined || id === null || (typeof id === 'string' && id.trim() === '') || (Array.isArray(id) && id.length === 0);
	if (isEmpty) throw new ValidationError('Field "id"', 'is empty, so a new document would be saved instead of the one that is meant; leave the field out for a new document');
}
