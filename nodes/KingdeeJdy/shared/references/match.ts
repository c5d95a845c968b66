import { unusableAnswer } from '../contract/outcomes';
import type { LookedUpReference, ReferenceKey, ReferenceMatch, ReferenceRow } from '../contract/references';
import { nearestTexts } from './nearest';

const trimmed = (text: string | undefined) => text?.trim();

/** A number is compared exactly, leading zeros included; a name without spaces around it. */
function fits({ number, name, barcode }: ReferenceRow, by: ReferenceKey['by'], value: string): boolean {
	if (by === 'owned') return true;
	if (by === 'name') return trimmed(name) === value;
	return trimmed(by === 'barcode' ? barcode : number) === value;
}

function isWithin(row: ReferenceRow, { owner, level }: ReferenceKey): boolean {
	return (owner === undefined || row.owner === undefined || row.owner === owner) && (level === undefined || row.level === level);
}

/** A row that came on two pages is one. */
export function distinctRows(rows: readonly ReferenceRow[]): ReferenceRow[] {
	return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** How a row is told to the user: `Acme (KH0001)`. */
export function shown({ name, number, id }: ReferenceRow): string {
	const label = trimmed(name) ?? '';
	if (number === undefined || number === '') return label === '' ? id : label;
	return label === '' ? number : `${label} (${number})`;
}

function matchBy(rows: readonly ReferenceRow[], key: ReferenceKey, by: ReferenceKey['by']): ReferenceMatch | undefined {
	const fitting = distinctRows(rows.filter((row) => fits(row, by, key.value)));
	const [first] = fitting;
	if (!first) return undefined;
	const [enabled, ...others] = fitting.filter(({ isEnabled }) => isEnabled !== false);
	if (!enabled) return { type: 'disabled', row: first };
	return others.length === 0 ? { type: 'found', row: enabled } : { type: 'several', rows: [enabled, ...others] };
}

/** What a row without an ID comes to: it is there, but cannot be referred to. */
const WITHOUT_ID: LookedUpReference = { type: 'failed', failure: unusableAnswer('noRows', 'JDY answered with a row that has no ID') };

/** What rows come to that do not show what is looked for: whether one has it cannot be said. */
const NOT_SHOWN: LookedUpReference = {
	type: 'failed',
	failure: unusableAnswer('noRows', 'The rows of the list in JDY do not show the field that documents are matched by; choose another one'),
};

/** Finds the row of a key. An enabled row wins over a disabled one of the same name. */
export function match(rows: readonly ReferenceRow[], key: ReferenceKey): LookedUpReference {
	const within = rows.filter((row) => isWithin(row, key));
	const ways = key.by === 'nameOrNumber' ? (['name', 'number'] as const) : key.by === 'owned' ? [] : [key.by];
	const matches = (key.by === 'owned' ? (['owned'] as const) : ways).flatMap((by) => matchBy(within, key, by) ?? []);
	const best = matches.find(({ type }) => type !== 'disabled') ?? matches[0];
	if (best) return 'row' in best && best.row.id === '' ? WITHOUT_ID : best;
	// Where none is found, one is made: then it must be sure that there is none.
	if (key.isFresh && within.length > 0 && within.every((row) => ways.every((by) => row[by] === undefined))) return NOT_SHOWN;
	const near = key.by === 'number' || key.by === 'barcode' ? within.filter(({ number }) => number !== undefined) : within;
	return { type: 'none', nearest: nearestTexts(key.value, near, ({ name, number }) => (key.by === 'number' ? number : name)).map(shown) };
}
