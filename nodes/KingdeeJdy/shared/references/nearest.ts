const MAX_NEAREST = 3;

/** Pairs of letters, in any order: cheap to compare with many thousand names. */
function pairsOf(text: string): Set<string> {
	const plain = ` ${text.trim().toLowerCase()} `;
	return new Set(Array.from({ length: plain.length - 1 }, (_unused, index) => plain.slice(index, index + 2)));
}

/** Between 0 and 1: how many pairs of letters two texts have in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
	const common = [...one].filter((pair) => other.has(pair)).length;
	return (2 * common) / (one.size + other.size);
}

const LEAST = 0.3;

/** The entries whose texts are most like a text; none if none is like it. */
export function nearestTexts<T>(text: string, entries: readonly T[], textOf: (entry: T) => string | undefined): T[] {
	const wanted = pairsOf(text);
	return entries
		.map((entry) => ({ entry, by: likeness(wanted, pairsOf(textOf(entry) ?? '')) }))
		.filter(({ by }) => by >= LEAST)
		.toSorted((one, other) => other.by - one.by)
		.slice(0, MAX_NEAREST)
		.map(({ entry }) => entry);
}
