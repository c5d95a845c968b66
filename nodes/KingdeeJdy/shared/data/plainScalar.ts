import { ValidationError } from '../../gateway/errors/validationError';
import { MAX_NUMBER_LENGTH, NUMBER_TOO_LONG } from '../../gateway/json/jsonNumbers';

const FIRST_BIGINT_TOO_LONG = 10n ** BigInt(MAX_NUMBER_LENGTH);

function checkNumber(path: string, value: number): void {
	if (!Number.isFinite(value)) throw new ValidationError(path, `is ${value}, which JSON cannot hold`);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new ValidationError(path, `is ${value}, a number too long to be exact, which lost digits before it came here; give it as text`);
	}
}

/** Its digits are not counted: to write a large bigint takes far longer than to compare it. */
function isTooLong(value: bigint): boolean {
	return value >= FIRST_BIGINT_TOO_LONG || value <= -FIRST_BIGINT_TOO_LONG;
}

/** Refuses a value without fields or entries that JSON would change or cannot hold. */
export function checkScalar(path: string, value: unknown): void {
	if (typeof value === 'number') checkNumber(path, value);
	else if (typeof value === 'bigint' && isTooLong(value)) throw new ValidationError(path, NUMBER_TOO_LONG);
	else if (typeof value === 'string' && !value.isWellFormed()) throw new ValidationError(path, 'contains a lone surrogate');
	else if (typeof value === 'function' || typeof value === 'symbol') throw new ValidationError(path, `is a ${typeof value} and cannot be sent`);
	else if (JSON.isRawJSON(value) && value.rawJSON.length > MAX_NUMBER_LENGTH) throw new ValidationError(path, NUMBER_TOO_LONG);
}
