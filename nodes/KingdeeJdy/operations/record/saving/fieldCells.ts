import { isNothing } from '../../../catalogue/encoding/requiredFields';
import type { Values } from '../../../catalogue/encoding/values';
import { stringify } from '../../../gateway/json/json';

function textOf(value: unknown): string {
	return typeof value === 'object' ? stringify(value) : String(value).trim();
}

/** The fields of a row by their wire paths. Several columns may mean one field: a filled one counts, and two must agree. */
export class FieldCells {
	readonly values: Values = {};

	/** The columns of the wire paths. */
	readonly columns = new Map<string, string>();

	/** Columns that contradict another one. */
	readonly problems: string[] = [];

	put(path: string, column: string, value: unknown): void {
		const known = this.values[path];
		if (isNothing(known)) {
			if (!Object.hasOwn(this.values, path) || !isNothing(value)) {
				this.values[path] = value;
				this.columns.set(path, column);
			}
		} else if (!isNothing(value) && textOf(value) !== textOf(known)) {
			this.problems.push(`"${column}" is "${textOf(value)}", but "${this.columns.get(path) ?? path}" of the same row means the same field and is "${textOf(known)}"`);
		}
	}
}
