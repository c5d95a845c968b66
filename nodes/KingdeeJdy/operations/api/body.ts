import { ValidationError } from '../../gateway/errors/validationError';
import { stringify } from '../../gateway/json/json';
import type { Endpoint } from '../../gateway/types';
import { checkJson } from '../../shared/data/jsonText';
import { kindOf, toPlain, writePlain } from '../../shared/data/plainData';
import { isBlank } from './query';

/** Text of the user's is sent unchanged once it is known to be JSON. */
function writeText(text: string): string {
	checkJson(text, 'Body');
	if (!/^\s*[[{]/.test(text)) throw new ValidationError('Body', `must be an object or a list, but is ${kindOf(JSON.parse(text))}`);
	return text;
}

/**
 * Writes the body of a call; a GET has none.
 *
 * @throws ValidationError naming `Body`
 */
export function writeBody(source: unknown, method: Endpoint['method']): string {
	const isEmpty = isBlank(source);
	if (method === 'GET') {
		if (!isEmpty) throw new ValidationError('Body', 'must be empty for a GET; put the parameters into Query');
		return '';
	}
	if (isEmpty) return '{}';
	if (typeof source === 'string') return writeText(source);
	return Array.isArray(source) ? stringify(toPlain(source)) : writePlain('Body', source);
}
