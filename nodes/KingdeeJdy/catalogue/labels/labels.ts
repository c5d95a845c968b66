import { NAMES, PHRASES, WORDS } from './glossary';

/** `aux_id2`, `bizTypes` and `page_data.page_size` taken apart; numbers are words of their own. */
function wordsOf(name: string): string[] {
	return name
		.replace(/^(?:data|request|page_data)\./, '')
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.replace(/(\d+)/g, '_$1_')
		.split('_')
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
}

/** A number goes behind what it counts: `aux1_id` and `aux_id1` are both "Auxiliary Attribute 1 ID". */
function ordered(words: string[]): string[] {
	const [noun = '', number = ''] = words.slice(-2);
	const isNumbered = words.length > 2 && /^\d+$/.test(number) && ['id', 'number', 'for'].includes(noun);
	return isNumbered ? [...words.slice(0, -2), number, noun] : words;
}

/** A word of the glossary, or the word itself; what a phrase has put there already stays. */
function capitalized(word: string): string {
	if (!/^[a-z]/.test(word)) return word.replaceAll('~', ' ');
	return WORDS.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * The English label of a parameter, from its wire name: `bill_date` is "Bill Date", `emp_number` "Employee Number".
 * Names that say something else than they mean, and words that JDY abbreviates, stand in `glossary.ts`.
 */
export function labelOf(name: string): string {
	const known = NAMES.get(name);
	if (known !== undefined) return known;
	let text = ` ${ordered(wordsOf(name)).join(' ')} `;
	for (const [phrase, meaning] of PHRASES) text = text.replace(` ${phrase} `, ` ${meaning.replaceAll(' ', '~')} `);
	const words = text.trim().split(' ').map(capitalized);
	return words.filter((word) => word !== '').join(' ');
}
