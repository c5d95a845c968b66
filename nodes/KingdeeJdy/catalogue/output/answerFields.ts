import { chineseTerms } from '../labels/chinese';
import { labelOf } from '../labels/labels';
import { shortPath } from '../loading/calls';
import { allAnswers } from '../loading/modules';
import type { Call } from '../types';

/** A field of the rows of an answer. */
interface AnswerField {
	/** With dots. */
	path: string;
	label: string;
	/** Empty if the documentation has no term. */
	labelZh: string;
}

/** The documented fields of the rows that a call answers with: those of a row first, then those of its lists. */
export async function answerFields({ method, path, source }: Call): Promise<AnswerField[]> {
	const written = (await allAnswers())[`${method} ${shortPath(path)}`] ?? '';
	const termOf = chineseTerms(source.chinese, shortPath(path));
	const within: string[] = [];
	const fields: AnswerField[] = [];
	for (const [part, name] of written.matchAll(/(\w+)|[()]/g)) {
		if (part === '(') within.push(fields.at(-1)?.path.split('.').at(-1) ?? '');
		else if (part === ')') within.pop();
		else if (name !== undefined) {
			const places = [...within, name];
			const termsZh = places.map((place, depth) => termOf(place, places.slice(0, depth)));
			const isNamed = termsZh.at(-1) !== name;
			fields.push({ path: places.join('.'), label: places.map(labelOf).join(': '), labelZh: isNamed ? termsZh.join(': ') : '' });
		}
	}
	return fields.toSorted((one, other) => one.path.split('.').length - other.path.split('.').length);
}
