import { rounded } from './measure.mts';

/** What came out, what it should be (`<= 1.5` and its like; undefined: only told), and what it is. */
export type Figure = readonly [figure: number, goal: string | undefined, what: string];

function isMet(figure: number, goal: string): boolean {
	const [sign, text] = goal.split(' ');
	const limit = Number(text);
	return sign === '<=' ? figure <= limit : sign === '>=' ? figure >= limit : figure === limit;
}

/** A table for people; the last line is JSON. */
export function tell(figures: Record<string, Figure>): void {
	for (const [figure, goal, what] of Object.values(figures)) {
		const judged = goal === undefined ? '   for information' : `   goal ${goal.padEnd(8)} ${isMet(figure, goal) ? 'met' : 'missed'}`;
		console.log(`${what.padEnd(68)} ${figure.toFixed(2).padStart(7)}${judged}`);
	}
	console.log(JSON.stringify(Object.fromEntries(Object.entries(figures).map(([name, [figure]]) => [name, rounded(figure)]))));
}
