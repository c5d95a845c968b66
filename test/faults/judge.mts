import type { INodeExecutionData } from 'n8n-workflow';

/** What a run did to its items, against the gateway's books. */
export interface Tally {
	items: number;
	saved: number;
	rejected: number;
	notSent: number;
	unknown: number;
	/** Items without an outcome, or reported as saved and not in the books. */
	lost: number;
	/** Items that stand in the books more than once. */
	duplicated: number;
	/** Saves reported as not done, the reverse, and unknown where the facts leave no doubt. */
	misjudged: number;
	/** Saves without an answer that were found in JDY. */
	found: number;
	/** Saves that stand in the books and were reported as unknown. */
	missed: number;
}

export type Told = 'saved' | 'rejected' | 'notSent' | 'unknown';

export const emptyTally = (): Tally => ({ items: 0, saved: 0, rejected: 0, notSent: 0, unknown: 0, lost: 0, duplicated: 0, misjudged: 0, found: 0, missed: 0 });

export function add(total: Tally, tally: Tally): void {
	for (const name of Object.keys(total) as Array<keyof Tally>) total[name] += tally[name];
}

/** The outcome an output item tells. */
function toldBy({ json }: INodeExecutionData): Told {
	const error = json.error as { outcome: Told } | undefined;
	return error?.outcome ?? 'saved';
}

/** What was told of each input item. */
export function toldOf(outputs: readonly INodeExecutionData[]): Map<number, Told[]> {
	const told = new Map<number, Told[]>();
	for (const output of outputs) {
		const { item } = output.pairedItem as { item: number };
		told.set(item, [...(told.get(item) ?? []), toldBy(output)]);
	}
	return told;
}

/** How often each item stands in the books. */
export function bookedOf(items: Iterable<number>): Map<number, number> {
	const booked = new Map<number, number>();
	for (const item of items) booked.set(item, (booked.get(item) ?? 0) + 1);
	return booked;
}

/**
 * @param told what was told of each item, by its number
 * @param booked how often each item stands in the books
 * @param mayBeUnknown whether the facts leave room for unknown
 */
export function judge(count: number, told: Map<number, Told[]>, booked: Map<number, number>, mayBeUnknown: boolean): Tally {
	const tally = { ...emptyTally(), items: count };
	for (let item = 0; item < count; item++) {
		const outcomes = told.get(item) ?? [];
		const times = booked.get(item) ?? 0;
		const [outcome] = outcomes;
		if (times > 1) tally.duplicated += 1;
		if (outcome === undefined || outcomes.length > 1) {
			tally.lost += 1;
			continue;
		}
		tally[outcome] += 1;
		if (outcome === 'saved' && times === 0) tally.lost += 1;
		const isWrong = (outcome === 'rejected' || outcome === 'notSent') && times > 0;
		if (outcome === 'unknown' && times > 0) tally.missed += 1;
		if (isWrong || (outcome === 'saved' && times === 0) || (outcome === 'unknown' && !mayBeUnknown)) tally.misjudged += 1;
	}
	return tally;
}

/** A tally as one line for people. */
export function line(name: string, tally: Tally): string {
	const { saved, rejected, notSent, unknown, lost, duplicated, misjudged } = tally;
	return `${name.padEnd(46)} saved ${saved}, rejected ${rejected}, not sent ${notSent}, unknown ${unknown} | lost ${lost}, duplicated ${duplicated}, misjudged ${misjudged}`;
}
