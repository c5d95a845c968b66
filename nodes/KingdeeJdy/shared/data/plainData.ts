import { Complaint } from '../../gateway/complaint';
import { MAX_DEPTH } from '../../gateway/json';

function checkNumber(path: string, value: number): void {
	if (!Number.isFinite(value)) throw new Complaint(path, `is ${value}, which is no number JSON knows`);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new Complaint(path, `is ${value}, a number beyond 2^53 that has lost digits before it came here; give it as text`);
	}
}

/** Refuses whatever JSON would change or cannot hold. Walks with a stack of its own ancestors, so loops are found. */
class Checker {
	private readonly ancestors = new Set<object>();

	check(path: string, value: unknown): void {
		if (typeof value === 'number') checkNumber(path, value);
		else if (typeof value === 'string') this.checkText(path, value);
		else if (typeof value === 'function' || typeof value === 'symbol') throw new Complaint(path, `is a ${typeof value} and cannot be sent`);
		else if (typeof value === 'object' && value !== null && !JSON.isRawJSON(value)) this.checkObject(path, value);
	}

	private checkText(path: string, text: string): void {
		if (!text.isWellFormed()) throw new Complaint(path, 'contains half a character (a lone surrogate)');
	}

	private checkObject(path: string, value: object): void {
		if (value instanceof Date) {
			if (Number.isNaN(value.getTime())) throw new Complaint(path, 'is an invalid date');
			return;
		}
		if (this.ancestors.has(value)) throw new Complaint(path, 'contains itself');
		if (this.ancestors.size === MAX_DEPTH) throw new Complaint('Data', `is nested deeper than ${MAX_DEPTH} levels`);
		this.ancestors.add(value);
		if ('toJSON' in value && typeof value.toJSON === 'function') this.check(path, value.toJSON());
		else if (Array.isArray(value)) value.forEach((entry, index) => this.check(`${path}[${index}]`, entry));
		else this.checkFields(path, value);
		this.ancestors.delete(value);
	}

	private checkFields(path: string, value: object): void {
		if (Object.prototype.toString.call(value) !== '[object Object]') throw new Complaint(path, 'is not plain data and cannot be sent');
		for (const [name, entry] of Object.entries(value)) {
			if (name.trim() === '') throw new Complaint(path, 'contains a field whose name is empty');
			if (!name.isWellFormed()) throw new Complaint(path, 'contains a field name with half a character (a lone surrogate)');
			this.check(path === 'Data' ? `Field "${name}"` : `${path} > "${name}"`, entry);
		}
	}
}

/**
 * Checks the data of a document that is to be written as JSON. What is `undefined` goes the way of JSON: left out of
 * an object, null in a list.
 *
 * @throws Complaint naming the field
 */
export function checkPlainData(data: unknown): void {
	new Checker().check('Data', data);
}
