import type { IDataObject, ResourceMapperField } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import { dateText } from '../../shared/data/dates';
import { buildFromFields } from '../../shared/data/fields';
import { valueAt } from '../../shared/data/object';
import { checkFilledIn, gaveNothing } from '../../shared/parameters/expressions';
import { checkOwnId } from '../../shared/parameters/ownId';

/** What Choose Fields holds for one item, its expressions filled in. */
interface Mapped {
	/** Values by the names of fields: as the user set them, or all those of the input item. */
	values: IDataObject;
	/** The fields as they were when the user chose them; empty if nobody has loaded them. */
	schema: ResourceMapperField[];
	isAutomatic: boolean;
}

/** @throws ValidationError if n8n hands over something else */
export function readMapped(source: unknown, input: IDataObject): Mapped {
	if (!isRecord(source)) throw new ValidationError('Fields', 'must be fields chosen in the editor');
	const { mappingMode, value, schema } = source;
	const isAutomatic = mappingMode === 'autoMapInputData';
	const fields = Array.isArray(schema)
		? schema.filter((field): field is ResourceMapperField => isRecord(field) && typeof field.id === 'string')
		: [];
	return {
		values: isAutomatic ? input : isRecord(value) ? (value as IDataObject) : {},
		schema: fields.filter(({ removed }) => removed !== true),
		isAutomatic,
	};
}

/** "单据编号" for the field that is shown as "单据编号 (order_no)". */
function labelOf({ id, displayName }: ResourceMapperField): string {
	const key = ` (${id})`;
	return displayName.endsWith(key) ? displayName.slice(0, -key.length) : displayName;
}

/** The input may call a field as people do, if only one field is called so. */
function inputFor(field: ResourceMapperField, { values, schema }: Mapped): { name: string; value: unknown } {
	const value = valueAt(values, field.id);
	const label = labelOf(field);
	const isCertain = schema.filter((other) => labelOf(other) === label).length === 1 && !schema.some(({ id }) => id === label);
	return value === undefined && isCertain ? { name: label, value: values[label] } : { name: field.id, value };
}

/** Names of input fields that no field of the document is called by. */
export function unmatchedNames(mapped: Mapped): string[] {
	if (!mapped.isAutomatic || mapped.schema.length === 0) return [];
	const taken = new Set(mapped.schema.map((field) => inputFor(field, mapped).name));
	return Object.keys(mapped.values).filter((name) => !taken.has(name) && ![...taken].some((other) => other.startsWith(`${name}.`)));
}

/**
 * Refuses expressions that are not filled in, and gives the names of fields whose expression gave nothing.
 *
 * @param raw what stands in the node, before n8n filled it in
 * @throws ValidationError naming the field
 */
export function checkMapped({ values, schema, isAutomatic }: Mapped, raw: unknown): string[] {
	const rawValues = isRecord(raw) && isRecord(raw.value) ? raw.value : {};
	if (isAutomatic) {
		const isSent = schema.length === 0 || schema.some(({ id }) => id === 'id');
		if (isSent) checkOwnId(values);
		return [];
	}
	return Object.entries(values).flatMap(([name, value]) => {
		checkFilledIn(`Field "${name}"`, value, rawValues[name]);
		// Elsewhere a field without a value is left out; the editor keeps null for one that nobody has filled in.
		if (name === 'id' && (value !== null || gaveNothing(value, rawValues[name]))) checkOwnId({ id: value });
		return gaveNothing(value, rawValues[name]) ? [name] : [];
	});
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** What the editor calls a type, and what is sent. */
const SENT_AS: Record<string, string> = { number: 'number', boolean: 'boolean', array: 'array', object: 'object' };

/** A choice is the text that JDY keeps for it, or of true and false. */
function sentAs({ type = 'string', options = [] }: ResourceMapperField): string {
	const isTruth = type === 'options' && options.length > 0 && options.every(({ value }) => typeof value === 'boolean');
	return isTruth ? 'boolean' : (SENT_AS[type] ?? 'string');
}

function assignmentOf(field: ResourceMapperField, value: unknown, timeZone: string): { name: string; type: string; value: unknown } {
	const { id: name, type = 'string' } = field;
	if (type === 'dateTime') return { name, type: 'string', value: dateText(`Field "${name}"`, value, timeZone) };
	return { name, type: sentAs(field), value };
}

/**
 * Builds the data of a document from Choose Fields. A field without a value is left out, so that JDY's own default counts.
 *
 * @param timeZone of JDY's dates
 * @throws ValidationError for a required field that is empty, and for a value of the wrong type
 */
export function buildFromMapped(mapped: Mapped, timeZone: string): Record<string, unknown> {
	const { values, schema, isAutomatic } = mapped;
	// Nobody has loaded the fields: what there is, is sent as it is.
	if (schema.length === 0) return isAutomatic ? values : Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
	const assignments = schema.flatMap((field) => {
		const value = isAutomatic ? inputFor(field, mapped).value : values[field.id];
		if (!isEmpty(value)) return [assignmentOf(field, value, timeZone)];
		if (field.required) throw new ValidationError(`Field "${field.id}"`, 'is required in JDY, but empty');
		return [];
	});
	return buildFromFields({ assignments });
}
