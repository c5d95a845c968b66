import type { ReadableBy } from '../readableKeys';
import type { Parameter } from '../types';
import type { ThingWords } from './words';

/** How a column names what is referred to. */
export type ColumnBy = ReadableBy | 'id';

/** What a column may be. */
export interface ColumnField {
	/** Dotted wire names; of a reference the readable key, e.g. `material_entity.material_number`. */
	path: string;
	/** Of a reference: how the column names it. */
	by?: ColumnBy;
	/** The parameter that is sent: itself, or the ID that is found. Its dotted wire names. */
	fills: string;
	parameter: Parameter;
	label: string;
	labelZh: string;
}

/** How surely a heading means a field: its own wire name, its label, what follows from its label, a word of people's. */
export const TIERS = { wireName: 0, documentedWord: 1, label: 2, derived: 3, word: 4 } as const;

export interface NamedField extends ColumnField {
	/** 0 for the head and the lines, more for lists beside them and what stands in those. */
	depth: number;
	/** Its headings without what it stands in. */
	headings: Array<[heading: string, tier: number]>;
	/** The wire name of the last level, as it must be written. */
	leaf: string;
}

/** The words of a row of `words.ts`. */
export const split = (words = '') => words.split(' ').filter((word) => word !== '').map((word) => word.replaceAll('_', ' '));

export const NUMBER_ENDINGS = ['编码', '编号', '代码', ' number', ' code', ' no'];
export const NAME_ENDINGS = ['名称', '名', '姓名', ' name'];

export function withEndings(bases: string[], endings: string[]): string[] {
	return bases.flatMap((base) => endings.map((ending) => base + ending));
}

export function tiered(tier: number, words: string[]): Array<[string, number]> {
	return words.map((word) => [word, tier]);
}

/** Words of people's for one of the keys by which a thing is found. */
export function wordsFor(by: ColumnBy, { bases, ...words }: ThingWords): Array<[string, number]> {
	const all = split(bases);
	switch (by) {
		case 'number':
			return tiered(TIERS.word, [...withEndings(all, NUMBER_ENDINGS), ...split(words.number)]);
		case 'name':
			return tiered(TIERS.word, [...withEndings(all, NAME_ENDINGS), ...split(words.name)]);
		case 'barcode':
			// A barcode that the documentation has beside the product is only noted down there: people mean the product by it.
			return tiered(TIERS.documentedWord, split(words.barcode));
		case 'nameOrNumber':
			return tiered(TIERS.word, all);
		default:
			return [];
	}
}

/** Where a level stands: the names before it, with a dot behind each, and how far it is from the head. */
export interface FieldLevel {
	path: string;
	depth: number;
}
