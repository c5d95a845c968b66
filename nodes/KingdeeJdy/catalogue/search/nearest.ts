const MAX_NEAREST = 3;

/** How many letters have to be added, left out or changed to make one name of another. */
function distance(a: string, b: string): number {
	let before = Array.from({ length: b.length + 1 }, (_unused, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const now = [i];
		for (let j = 1; j <= b.length; j++) {
			const changed = (before[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
			now.push(Math.min(changed, (before[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1));
		}
		before = now;
	}
	return before[b.length] ?? 0;
}

/** What JDY calls a number, and what people do. JDY searches names and numbers if it has no filter of their own [D]. */
const SAME_WORD: Record<string, string> = { no: 'number', nr: 'number', num: 'number', code: 'number', numbers: 'number', search: 'number', name: 'number' };

function wordsOf(name: string): string[] {
	return name.split('_').map((word) => SAME_WORD[word] ?? word);
}

/** How unlike two names are; names with a word in common are closer than their letters suggest. */
function unlikeness(name: string, other: string): number {
	const words = wordsOf(name);
	const common = wordsOf(other).filter((word) => words.includes(word)).length;
	return distance(name, other) / Math.max(name.length, other.length) - common / 2;
}

/** The names that a mistyped or a guessed one may stand for, most likely first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
	const plain = name.toLowerCase();
	const ranked = known.map((other) => ({ other, by: unlikeness(plain, other.toLowerCase()) }));
	return ranked.toSorted((a, b) => a.by - b.by).slice(0, MAX_NEAREST).map(({ other }) => other);
}
