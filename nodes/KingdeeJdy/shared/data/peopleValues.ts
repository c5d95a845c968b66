import { MAX_NUMBER_LENGTH } from '../../gateway/json/jsonNumbers';
import { plainText } from './dateForms';

/** Numbers, truths and texts as people write them into a sheet, and as programs export them. */

/** A number as people write it. */
interface PeopleNumber {
	/** As JSON writes it, with every digit: `1000.50`. */
	digits: string;
	/** Whether a percent sign stood behind it. */
	isPercent: boolean;
}

/** Why a text is no number: it is something else, or it may be read in two ways. */
type NumberProblem = 'unreadable' | 'ambiguous';

const CURRENCY = /^(?:¥|RMB|CNY) ?|(?: ?(?:元|RMB|CNY))$/gi;

/** Thousands with commas, or with spaces. */
const GROUPED = /^(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(\.\d*)?$/;

const PLAIN = /^(?:\d+(?:\.\d*)?|\.\d+)$/;

const EXPONENT = /^(?:0|[1-9]\d*)(?:\.\d+)?e[+-]?\d{1,3}$/i;

/** Digits with commas, points and brackets in an order that is read one way here and another way there: 1.000,5 and (12). */
const EITHER_WAY = /^\(?[\d.,' ]*\d[\d.,' ]*\)?$/;

/** Without zeros in front, and without a point that nothing stands at. */
function asJson(sign: string, whole: string, fraction: string): string {
	const digits = (whole.replace(/^0+(?=\d)/, '') || '0') + (fraction.length > 1 ? fraction : '');
	return (/[1-9]/.test(digits) ? sign : '') + digits;
}

/**
 * Reads what surely is a number: `1,000`, `￥12.50`, `12.50元`, `13%`, full-width digits, a sign in front. A comma that may
 * stand for the point, as in `1,5` and `1.000,5`, and a number in brackets are ambiguous.
 */
export function readPeopleNumber(text: string): PeopleNumber | NumberProblem {
	if (text.length > MAX_NUMBER_LENGTH) return 'unreadable';
	const plain = plainText(text).replace(/\s+/g, ' ');
	const isPercent = / ?%$/.test(plain);
	const [, sign = '', rest = ''] = /^([+-]?) ?(.*)$/.exec(plain.replace(/ ?%$/, '').replace(CURRENCY, '')) ?? [];
	const minus = sign === '-' ? '-' : '';
	const unsigned = rest.replace(CURRENCY, '');
	if (EXPONENT.test(unsigned)) return { digits: minus + unsigned, isPercent };
	const [, whole, fraction = ''] = GROUPED.exec(unsigned) ?? [];
	if (whole !== undefined) return { digits: asJson(minus, whole.replace(/[, ]/g, ''), fraction), isPercent };
	if (!PLAIN.test(unsigned)) return EITHER_WAY.test(unsigned) ? 'ambiguous' : 'unreadable';
	const point = unsigned.indexOf('.');
	return { digits: point < 0 ? asJson(minus, unsigned, '') : asJson(minus, unsigned.slice(0, point), unsigned.slice(point)), isPercent };
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
	...['是', '对', 'true', 'yes', 'y', '1', '√', '✓', '✔', '☑'].map((text) => [text, true] as const),
	...['否', '不是', 'false', 'no', 'n', '0', '×', '✗', '✘', '☐'].map((text) => [text, false] as const),
]);

/** Reads 是 and 否, yes and no, true and false, 1 and 0, a tick and a cross; undefined for what is none. */
export function readPeopleTruth(text: string): boolean | undefined {
	return TRUTHS.get(plainText(text).toLowerCase());
}

/** `="0012"`: how programs keep a spreadsheet from taking a text for a number. */
const FORMULA = /^="((?:[^"]|"")*)"$/;

/** An apostrophe or a tab in front does the same; a word that begins with one is left alone. */
const GUARD = /^['’](?=[^\s'’]+$)/;

/** The text of a cell, without what only keeps it a text: `="0012"`, a tab or an apostrophe in front, marks that nobody sees. */
export function cellText(text: string): string {
	const visible = text.replace(/[\u200b-\u200d\ufeff]/g, '').trim();
	const [, inner] = FORMULA.exec(visible) ?? [];
	return (inner === undefined ? visible : inner.replaceAll('""', '"')).trim().replace(GUARD, '');
}
