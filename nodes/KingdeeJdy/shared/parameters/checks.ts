import { ValidationError } from '../../gateway/errors/validationError';

/** @throws ValidationError for a value that is not among those allowed */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], label: string): T {
	const found = allowed.find((entry) => entry === value);
	if (found === undefined) throw new ValidationError(label, `must be one of ${allowed.join(', ')}`);
	return found;
}

/** @throws ValidationError for anything but a whole number within the limits; text of digits counts as one */
export function numberWithin(value: unknown, { min, max }: { min: number; max: number }, label: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max) {
		throw new ValidationError(label, `must be a whole number from ${min} to ${max}`);
	}
	return number;
}

/** @throws ValidationError for anything but true and false */
export function truth(value: unknown, label: string): boolean {
	if (typeof value !== 'boolean') throw new ValidationError(label, 'must be true or false');
	return value;
}
