import type { TermFinder } from '../labels/chinese';
import { labelOf } from '../labels/labels';
import type { Format, Option, OptionSets, Parameter, ParameterType, Reference, Written, WrittenEntry } from '../types';

/**
 * A parameter in the files is one line: its type, `required`, how a moment is written or which options there are, and
 * after a bar the label, where the wire name misleads: `string required date | Changed Until`. `date?` is a date as far as
 * its name tells. What an ID (`@`) or a number (`#`) refers to stands in a word of its own: see `REFERENCE`.
 */
const FORMATS: readonly string[] = ['date', 'dateTime', 'ms', 'period', 'timestamp'] satisfies Format[];

/** The value that stands for "all" comes first; keys that look like numbers would precede it otherwise. */
function optionsOf(set: Record<string, string>): Option[] {
	const options = Object.entries(set).map(([value, label]) => ({ value, label }));
	const all = options.findIndex(({ value, label }) => label === 'All' && value !== '0');
	return all < 1 ? options : [...options.splice(all, 1), ...options];
}

/**
 * `@customer` is the ID of a customer, `#customer` a number of one, `@-own` an ID that refers to nothing that could be looked
 * up; `,` marks several in one text and `?` a reference that the documentation leaves in doubt. Between them may stand what
 * it depends on: `@region:2<province_id` is a city of that province, `@aux_info<group=2` one of group 2, `<^` is a field of
 * the entry around.
 */
const REFERENCE = /^([@#])(-?)(\w+)(,?)(?::(\d))?(?:<(?:(group=\w+)|([\w^.]+)))?(\??)$/;

function referenceOf(word: string): Reference | undefined {
	const [, sigil, isNoTarget, name, comma, level, group, parameter, doubt] = REFERENCE.exec(word) ?? [];
	if (sigil === undefined || name === undefined) return undefined;
	return {
		...(isNoTarget ? {} : { to: name }),
		isOwn: isNoTarget !== '' && name === 'own',
		holds: sigil === '@' ? 'id' : 'number',
		isSure: doubt === '',
		isCommaList: comma !== '',
		...(level === undefined ? {} : { level: Number(level) }),
		...(group === undefined ? {} : { of: { group: group.slice('group='.length) } }),
		...(parameter === undefined ? {} : { of: { parameter } }),
	};
}

/** What stands beside the parameters of a call in the files. */
interface Beside {
	options: OptionSets;
	termOf: TermFinder;
}

function readOne(name: string, written: string | WrittenEntry, { options: sets, termOf }: Beside, within: readonly string[]): Omit<Parameter, 'alternatives'> {
	const text = typeof written === 'string' ? written : written.type;
	const [notation = '', label] = text.split(' | ');
	const [type, ...words] = notation.split(' ');
	const parameter: Omit<Parameter, 'alternatives'> = {
		name,
		label: label ?? labelOf(name),
		labelZh: termOf(name, within),
		type: type as ParameterType,
		required: words.includes('required'),
	};
	for (const word of words) {
		const reference = referenceOf(word);
		if (reference) parameter.reference = reference;
		const set = sets[word];
		const format = word.replace(/\?$/, '');
		if (FORMATS.includes(format)) {
			parameter.format = format as Format;
			if (format !== word) parameter.isGuessed = true;
		} else if (set !== undefined) parameter.options = optionsOf(set);
	}
	if (typeof written !== 'string') parameter.fields = parseParameters(written.fields, written.oneOf, { options: sets, termOf }, [...within, name]);
	return parameter;
}

/** Where two parameters of a level would show the same label, their wire names tell them apart. */
function distinct(parameters: Parameter[]): Parameter[] {
	const count = new Map<string, number>();
	for (const { label } of parameters) count.set(label, (count.get(label) ?? 0) + 1);
	return parameters.map((parameter) =>
		count.get(parameter.label) === 1 ? parameter : { ...parameter, label: `${parameter.label} (${parameter.name})` },
	);
}

/** The parameters of one level, the required ones first, otherwise in the order of the file. */
export function parseParameters(written: Written, oneOf: string[][] = [], beside: Beside, within: readonly string[] = []): Parameter[] {
	const all = Object.entries(written).map(([name, value]) => {
		const group = oneOf.find((names) => names.includes(name)) ?? [];
		return { ...readOne(name, value, beside, within), alternatives: group.filter((other) => other !== name) };
	});
	const parameters = distinct(all);
	return [...parameters.filter(({ required }) => required), ...parameters.filter(({ required }) => !required)];
}
