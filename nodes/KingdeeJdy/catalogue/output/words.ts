import { parametersOf } from '../catalogue';
import { documentShapeOf } from '../documentShape';
import type { Call, Parameter } from '../types';

/** The words for the codes of a field, by its dotted name within a row. */
export type Words = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What documents that no list filters by their status call it [D]. */
const STATUS = new Map([['C', 'Audited'], ['Z', 'Unaudited'], ['A', 'Unaudited']]);

const known = new WeakMap<Call, Words>();

type Choice = [path: string, words: ReadonlyMap<string, string>];

function choicesIn(parameters: readonly Parameter[], prefix = ''): Choice[] {
	return parameters.flatMap(({ name, options = [], fields = [] }): Choice[] => {
		const codes = options.filter(({ value, label }) => value !== '' && label !== 'All').map(({ value, label }) => [value, label] as const);
		const inner = choicesIn(fields, `${prefix}${name}.`);
		return codes.length === 0 ? inner : [[prefix + name, new Map(codes)], ...inner];
	});
}

/** The documented choices of the parameters of calls: the first that has a name counts. */
export function wordsOf([first, ...others]: readonly Call[]): Words {
	if (!first) return new Map([['bill_status', STATUS]]);
	const before = known.get(first);
	if (before) return before;
	const choices = [first, ...others].toReversed().flatMap((call) => choicesIn(call.kind === 'save' ? documentShapeOf(call).parameters : parametersOf(call)));
	const words = new Map([['bill_status', STATUS] as const, ...choices]);
	known.set(first, words);
	return words;
}
