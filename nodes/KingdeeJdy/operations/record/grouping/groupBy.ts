import { asText } from '../../../catalogue/encoding/scalars';
import type { Values } from '../../../catalogue/encoding/values';
import { ValidationError } from '../../../gateway/errors/validationError';
import type { GroupTrace } from '../../../shared/contract/operation';
import { isMoment } from '../../../shared/data/dates';
import { valueAt } from '../../../shared/data/object';
import { checkFilledIn } from '../../../shared/parameters/expressions';
import type { NodeParameters } from '../../common/nodeParameters';

/** What an item shares with the others of its document; or why it has no such value, and what that may have been. */
export type GroupBy = {
	/** The fields of the items that it is made of. */
	groupFields: readonly string[];
} & ({ value: string } | { problem: ValidationError; mayShare: GroupTrace['mayShare'] });

const LABEL = 'Group By';

/** What JavaScript writes if an expression found nothing, or an object. */
const NOTHING = new Set(['undefined', 'null', 'NaN', 'Infinity', '-Infinity', '[object Object]']);

/** What a spreadsheet makes of a number of 12 digits and more: `1.23457E+18`. */
const ROUNDED = /^\d\.\d+e\+\d{2,}$/i;

/** What an expression reads of the item: `$json.no`, `$json["order no"]`. */
const FIELD = /\bjson\??(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\.?\[\s*["']([^"']+)["']\s*\])/gu;

function fieldsIn(expression: string): string[] {
	return [...expression.matchAll(FIELD)].flatMap(([, name, quoted]) => name ?? quoted ?? []);
}

/** The significant digits of a text as `1.23457E+18`. */
function precisionOf(text: string): number {
	return text.replace(/e.*$/i, '').length - 1;
}

/** A number that has lost digits, and whether it may have been the one that another item has whole. */
function lostDigits(value: unknown): ((other: string) => boolean) | undefined {
	if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return (other) => Number(other) === value;
	if (typeof value !== 'string' || !ROUNDED.test(value)) return undefined;
	const precision = precisionOf(value);
	return (other) => Number(other).toPrecision(precision) === Number(value).toPrecision(precision);
}

/**
 * The value that the items of a document share: that of a field, or what an expression gives.
 *
 * @param timeZone in which a date is seen; asked for only if there is one
 */
export function readGroupBy({ read, raw }: Pick<NodeParameters, 'read' | 'raw'>, item: Values, timeZone: () => string): GroupBy {
	const given = read('groupBy', '');
	const written = raw('groupBy');
	checkFilledIn(LABEL, given, written);
	const isExpression = typeof written === 'string' && written.startsWith('=');
	const name = typeof given === 'string' ? given.trim() : '';
	if (!isExpression && name === '') throw new ValidationError(LABEL, 'must not be empty');
	const groupFields = isExpression ? fieldsIn(written) : [name, ...name.split('.').slice(0, 1)];
	const problem = (ofExpression: string, ofField = ofExpression) =>
		new ValidationError(LABEL, isExpression ? ofExpression : `names the field "${name}", which ${ofField}`);

	const found = isExpression ? given : valueAt(item, name);
	const value = typeof found === 'string' ? found.trim() : found;
	if (value === null || value === undefined || value === '') {
		return { groupFields, problem: problem('is empty for this item', 'is empty or missing in this item'), mayShare: undefined };
	}
	const text = asText(value, isMoment(value) ? timeZone() : '')?.trim();
	if (text === undefined) {
		return { groupFields, problem: problem('must be text or a number', 'must hold text or a number'), mayShare: () => true };
	}
	if (NOTHING.has(text)) return { groupFields, problem: problem(`is "${text}", which says nothing`), mayShare: undefined };
	const mayShare = lostDigits(value);
	if (mayShare) return { groupFields, problem: problem(`is ${String(found)}, a number that has lost digits; give it as text`), mayShare };
	return { groupFields, value: text };
}
