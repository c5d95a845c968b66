import { ValidationError } from '../../gateway/errors/validationError';
import { MAX_DEPTH, isRecord, stringify } from '../../gateway/json/json';
import { checkScalar } from './plainScalar';
import { shorten } from './shorten';

/** What a value is, for an error. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) return String(value);
	if (JSON.isRawJSON(value)) return 'a number';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !JSON.isRawJSON(value);
}

function unreadable(path: string, error: unknown): ValidationError {
	const reason = error instanceof Error && error.message !== '' ? `: ${shorten(error.message)}` : '';
	return new ValidationError(path, `cannot be read${reason}`);
}

/** What the `toJSON` of an object returns; every other object as it is. */
function resolved(path: string, name: string, value: object): unknown {
	if (value instanceof Date && Number.isNaN(value.getTime())) throw new ValidationError(path, 'is an invalid date');
	return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON(name) as unknown) : value;
}

/** Copies and checks at once, so that nothing can change between the check and the writing. */
class Copier {
	/** What is being read. */
	path = 'Data';

	/** The objects around it: their number is the depth, and one that occurs again is a loop. */
	private readonly ancestors = new Set<object>();

	private readonly isKept: (value: object) => boolean;

	constructor(isKept: (value: object) => boolean) {
		this.isKept = isKept;
	}

	/** @param name the name of the value, for its `toJSON` */
	copy(path: string, name: string, value: unknown): unknown {
		if (isContainer(value)) return this.copyObject(path, name, value);
		checkScalar(path, value);
		return value;
	}

	private copyObject(path: string, name: string, value: object): unknown {
		this.enter(path, value);
		const plain = resolved(path, name, value);
		const copied = plain === value ? this.copyEntries(path, value) : this.copyResolved(path, plain);
		this.ancestors.delete(value);
		return this.isKept(value) ? value : copied;
	}

	/** JSON asks once: what a `toJSON` returns is not asked again. */
	private copyResolved(path: string, plain: unknown): unknown {
		if (!isContainer(plain)) return this.copy(path, '', plain);
		this.enter(path, plain);
		const copied = this.copyEntries(path, plain);
		this.ancestors.delete(plain);
		return copied;
	}

	private enter(path: string, value: object): void {
		if (this.ancestors.has(value)) throw new ValidationError(path, 'contains itself');
		if (this.ancestors.size === MAX_DEPTH) throw new ValidationError('Data', `is nested deeper than ${MAX_DEPTH} levels`);
		this.ancestors.add(value);
	}

	private copyEntries(path: string, value: object): unknown {
		if (Array.isArray(value)) {
			return Array.from({ length: value.length }, (_, index) => this.copyEntry(`${path}[${index}]`, String(index), value));
		}
		if (Object.prototype.toString.call(value) !== '[object Object]') throw new ValidationError(path, 'is not plain data and cannot be sent');
		return Object.fromEntries(
			Object.keys(value).map((name) => {
				if (name.trim() === '') throw new ValidationError(path, 'contains a field whose name is empty');
				if (!name.isWellFormed()) throw new ValidationError(path, 'contains a field name with a lone surrogate');
				const shown = shorten(name);
				return [name, this.copyEntry(path === 'Data' ? `Field "${shown}"` : `${path} > "${shown}"`, name, value)];
			}),
		);
	}

	private copyEntry(path: string, name: string, container: object): unknown {
		this.path = path;
		return this.copy(path, name, (container as Record<string, unknown>)[name]);
	}
}

/**
 * Gives a deep copy of data that is to be written as JSON, checked: every `toJSON` has been asked once, dates are text,
 * a bigint and a raw number stay what they are. What is `undefined` is treated as in JSON: left out of an object, null in
 * a list.
 *
 * @param isKept objects that are checked, and stay what they are
 * @throws ValidationError naming the field; also if a getter, a `toJSON` or the trap of a Proxy throws
 */
export function toPlain(data: unknown, isKept: (value: object) => boolean = () => false): unknown {
	const copier = new Copier(isKept);
	let problem: unknown;
	try {
		return copier.copy('Data', '', data);
	} catch (error) {
		problem = error;
	}
	throw problem instanceof ValidationError ? problem : unreadable(copier.path, problem);
}

/**
 * Checks and writes the data of a document.
 *
 * @param label what the data is, for the error that it has no fields
 * @throws ValidationError naming the label or the field
 */
export function writePlain(label: string, data: unknown): string {
	const plain = isContainer(data) ? toPlain(data) : data;
	if (isContainer(plain) && isRecord(plain)) return stringify(plain);
	throw new ValidationError(label, `must be an object with fields, but is ${kindOf(data instanceof Date ? data : plain)}`);
}
