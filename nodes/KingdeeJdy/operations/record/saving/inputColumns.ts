import { cellValue } from '../../../catalogue/columns/cells';
import { columnsOf, foreignMeaning } from '../../../catalogue/columns/columns';
import type { DocumentShape } from '../../../catalogue/documentShape';
import type { Values } from '../../../catalogue/encoding/values';
import { nested } from '../../../catalogue/forms/nested';
import { readableKeysOf, readableNames } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { FieldCells } from './fieldCells';

/** Custom fields are named like this [D]: only the account knows them. */
const CUSTOM = /^custom_field/;

/** What JDY documents under a name, or by a readable key, on a level. */
function documentedAs(parameters: Parameter[], name: string): { parameter: Parameter; isKey: boolean } | undefined {
	const parameter = parameters.find((one) => one.name === name);
	if (parameter) return { parameter, isKey: false };
	const keys = readableKeysOf(parameters).find((one) => readableNames(one).includes(name));
	return keys && { parameter: keys.parameter, isKey: true };
}

/** The fields of an input item by their wire names. */
interface InputFields {
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
 * @throws ValidationError for a number that can be read in two ways, and for two columns that contradict each other
 */
export function fieldsOfItem(item: Values, { shape: { parameters }, type, linesField, groupFields }: ColumnRules): InputFields {
	const line = parameters.find(({ name }) => name === linesField)?.fields ?? [];
	const index = columnsOf(parameters, type);
	const isInside = (column: string) => parameters.some(({ name, fields, type: kind }) => (fields !== undefined || kind === 'map') && column.startsWith(`${name}.`));
	const cells = new FieldCells();
	const leftOut: InputFields['leftOut'] = [];
	for (const [column, value] of Object.entries(item)) {
		const known = documentedAs(parameters, column) ?? documentedAs(line, column);
		if (known) cells.put(column, column, known.isKey ? value : cellValue(known.parameter, value, `Field "${column}" (${known.parameter.label})`));
		else if (CUSTOM.test(column) || isInside(column)) cells.put(column, column, value);
		else if (!groupFields.includes(column)) {
			const meaning = foreignMeaning(index, column);
			if (meaning.kind === 'field') cells.put(meaning.path, column, meaning.by === undefined ? cellValue(meaning.parameter, value, `Column "${column}"`) : value);
			else if (meaning.kind !== 'group') leftOut.push([column, meaning.kind === 'ambiguous' ? meaning.candidates : meaning.nearest]);
		}
	}
	if (cells.problems.length > 0) throw new ValidationError('Column', cells.problems.join('; '));
	return { values: cells.values, leftOut };
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
