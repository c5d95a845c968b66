import type { IDataObject } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord, parseForOutput } from '../../gateway/json/json';
import { checkJson } from '../data/jsonText';
import { kindOf } from '../data/plainData';
import { checkScalar } from '../data/plainScalar';
import { shorten } from '../data/shorten';
import { checkFilledIn, isTextOfNothing } from './expressions';

/** What a spreadsheet makes of a long number. */
const ROUNDED = /^\d(?:\.\d+)?e\+?\d+$/i;

const SEPARATOR = /[,，\n]/;

function idOf(value: unknown, label: string): string {
	if (typeof value === 'bigint') {
		checkScalar(label, value);
		return String(value);
	}
	if (typeof value === 'number') {
		if (!Number.isInteger(value) || value < 0) throw new ValidationError(label, `contains ${value}, which is no ID`);
		if (!Number.isSafeInteger(value)) throw new ValidationError(label, `contains ${value}, a number too long to be exact, which lost digits before it came here; give it as text`);
		return String(value);
	}
	if (typeof value !== 'string') throw new ValidationError(label, `must be text or numbers, but one is ${kindOf(value)}`);
	const text = value.trim();
	if (text === '') throw new ValidationError(label, 'contains an empty entry');
	if (isTextOfNothing(text)) throw new ValidationError(label, `contains the text "${text}": its expression found nothing`);
	if (ROUNDED.test(text)) throw new ValidationError(label, `contains ${text}, a long number that was rounded before it came here`);
	if (!text.isWellFormed()) throw new ValidationError(label, 'contains a lone surrogate');
	return text;
}

/** -1 means all in a few filters [D]. */
const REFERENCE = /^(?:\d+|-1)$/;

/** The fields that take a number or a name in place of an ID, as far as there are any. */
export interface Instead {
	number?: string | undefined;
	name?: string | undefined;
}

function advice({ number, name }: Instead): string {
	if (number === undefined) return name === undefined ? '' : `; a name belongs into "${name}"`;
	return `; a number belongs into "${number}"${name === undefined ? '' : `, a name into "${name}"`}`;
}

/**
 * The ID of something in JDY, without the blanks around it.
 *
 * @throws ValidationError naming `label`, and what takes a number or a name
 */
export function referenceId(value: unknown, label: string, instead: Instead = {}): string {
	const id = idOf(value, label);
	if (REFERENCE.test(id)) return id;
	throw new ValidationError(label, `must be the ID that JDY gave, which has digits only, but is "${shorten(id)}"${advice(instead)}`);
}

/** Items of Custom Save that name no document, because it was not sent, or not sent by this run. */
function whyWithout({ alreadySaved, dryRun }: IDataObject): string {
	if (alreadySaved === true) return ': the item is of a document that had been saved before and was not sent again, so it names no ID. A Filter node on alreadySaved keeps such items away';
	return dryRun === true ? ': the item comes from a Dry Run, which saves nothing' : '';
}

const isNothing = (value: unknown) => value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

function entriesOf(value: unknown, label: string): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	if (!value.trimStart().startsWith('[')) return value.split(SEPARATOR);
	// A language model writes a list as JSON.
	checkJson(value, label);
	return parseForOutput(value) as unknown[];
}

/**
 * Reads IDs or numbers: one, several separated by commas, or a list. Each is returned once, in order.
 *
 * @param given `value` of the parameter, and the `raw` one of the node, before n8n filled it in
 * @param input the item that they are for
 * @throws ValidationError naming `label`
 */
export function readIds({ value, raw }: { value: unknown; raw: unknown }, label: string, input: IDataObject): string[] {
	checkFilledIn(label, value, raw);
	if (isNothing(value)) throw new ValidationError(label, `must not be empty${whyWithout(input)}`);
	if (isRecord(value)) throw new ValidationError(label, 'must be text, a number or a list, but is an object');
	const ids = entriesOf(value, label).map((entry) => idOf(entry, label));
	if (ids.length === 0) throw new ValidationError(label, 'must not be an empty list');
	return [...new Set(ids)];
}
