import { ValidationError } from '../../gateway/errors/validationError';
import { kindOf } from '../data/plainData';

/**
 * Reads the code of a custom document type.
 *
 * @throws ValidationError if there is none
 */
export function checkedType(bizType: unknown): string {
	if (bizType === null || bizType === undefined || bizType === '') throw new ValidationError('Document Type', 'must not be empty');
	if (typeof bizType !== 'string') throw new ValidationError('Document Type', `must be text, but is ${kindOf(bizType)}`);
	const trimmed = bizType.trim();
	if (trimmed === '') throw new ValidationError('Document Type', 'must not be blank');
	if (!trimmed.isWellFormed()) throw new ValidationError('Document Type', 'contains a lone surrogate');
	return trimmed;
}
