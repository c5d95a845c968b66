import { cellValue } from '../../../catalogue/columns/cells';
import { columnsOf } from '../../../catalogue/columns/columns';
import type { ColumnIndex } from '../../../catalogue/columns/columns';
import type { DocumentShape } from '../../../catalogue/documentShape';
import type { Values } from '../../../catalogue/encoding/values';
import { nested } from '../../../catalogue/forms/nested';
import { readableKeysOf } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';

/** Custom fields are named like this [D]: only the account knows them. */
const CUSTOM = /^custom_field/;

const indexes = new WeakMap<readonly Parameter[], ColumnIndex>();

function indexOf(parameters: Parameter[], type: string): ColumnIndex {
	const index = indexes.get(parameters) ?? columnsOf(parameters, type);
	indexes.set(parameters, index);
	return index;
}

/** What JDY documents under a name, or by a readable key, on a level. */
function documentedAs(parameters: Parameter[], name: string): { parameter: Parameter; isKey: boolean } | undefined {
	const parameter = parameters.find((one) => one.name === name);
	if (parameter) return { parameter, isKey: false };
	const keys = readableKeysOf(parameters).find((one) => [one.number, one.name, one.barcode, one.nameOrNumber].includes(name));
	return keys && { parameter: keys.parameter, isKey: true };
}

/** The fields of an input item by their wire names. */
export interface InputFields {
	values: Values;
	/** Columns that mean nothing here, or several things, each with what is nearest. */
	leftOut: Array<[column: string, nearest: readonly string[]]>;
}

/** How the columns of an item are read. */
interface ColumnRules {
	shape: DocumentShape;
	type: string;
	/** The list that the item makes a line of. */
	linesField: string | undefined;
	/** Columns that group the items. */
	groupFields: readonly string[];
}

/**
 * The fields of an input item, whose columns are called by their wire names, by the labels of the form, or as people call them
 * in Chinese. What means nothing here stays out: other nodes have fields of their own.
 *
 * @throws ValidationError for a number that can be read in two ways
 */
export function fieldsOfItem(item: Values, { shape: { parameters }, type, linesField, groupFields }: ColumnRules): InputFields {
	const line = parameters.find(({ name }) => name === linesField)?.fields ?? [];
	const read: InputFields = { values: {}, leftOut: [] };
	const put = (path: string, value: unknown) => {
		if (!Object.hasOwn(read.values, path)) read.values[path] = value;
	};
	for (const [column, value] of Object.entries(item)) {
		const known = documentedAs(parameters, column) ?? documentedAs(line, column);
		if (known) put(column, known.isKey ? value : cellValue(known.parameter, value, `Field "${column}" (${known.parameter.label})`));
		else if (CUSTOM.test(column) || parameters.some(({ name, fields, type: kind }) => (fields !== undefined || kind === 'map') && column.startsWith(`${name}.`))) put(column, value);
		else if (!groupFields.includes(column)) {
			const meaning = indexOf(parameters, type).meaningOf(column);
			// A column that is called ID is seldom that of a document in JDY.
			if (meaning.kind === 'field' && meaning.fills !== 'id') put(meaning.path, meaning.by === undefined ? cellValue(meaning.parameter, value, `Column "${column}"`) : value);
			else if (meaning.kind !== 'group') read.leftOut.push([column, meaning.kind === 'field' ? [] : meaning.kind === 'ambiguous' ? meaning.candidates : meaning.nearest]);
		}
	}
	return read;
}

/** Fields in objects and lists; those of the line that an item makes keep their dotted names, because others of it have none. */
export function nestedButLines({ parameters }: DocumentShape, values: Values, linesField: string | undefined): Values {
	const prefix = `${linesField}.`;
	const isOfLine = ([name]: [string, unknown]) => linesField !== undefined && name.startsWith(prefix);
	const entries = Object.entries(values);
	const line = entries.filter(isOfLine).map(([name, value]): [string, unknown] => [name.slice(prefix.length), value]);
	const fields = parameters.find(({ name }) => name === linesField)?.fields ?? [];
	const ofLine = Object.entries(nested(fields, Object.fromEntries(line))).map(([name, value]): [string, unknown] => [prefix + name, value]);
	return { ...nested(parameters, Object.fromEntries(entries.filter((entry) => !isOfLine(entry)))), ...Object.fromEntries(ofLine) };
}
