import type { Obstacle } from './verdict';

/** One type or report as the output shows it. */
export interface Access {
	kind: 'type' | 'report';
	path: string;
	name: string;
	chineseName: string;
	module: string;
	allowed: boolean | null;
	/** How many JDY has; null if it does not say, or wants a parameter first. */
	rows: number | null;
	/** JDY's code, 0 if it was read; otherwise the HTTP status, or the code of a network error. */
	code: number | string | null;
	message: string;
}

/** With what the summary needs beside it. */
export interface JudgedAccess {
	access: Access;
	obstacle: Obstacle | undefined;
	status: number | null;
}

/** What follows the name of a module of which so much is refused: `3 of 24`, or nothing if it is all of it. */
const WORDS: Record<Obstacle, (part: string) => string> = {
	edition: (part) => (part === '' ? 'is not part of this edition' : `has ${part} that this edition lacks`),
	permission: (part) => (part === '' ? 'lacks permission' : `lacks permission for ${part}`),
	setting: (part) => (part === '' ? 'is not part of this edition or not set up' : `has ${part} that this edition lacks or that are not set up`),
};

/** The status of the gateway says more of a missing module than the code in it. */
function shownCode({ obstacle, status, access }: JudgedAccess): number | string | null {
	return obstacle === 'edition' ? (status ?? access.code) : access.code;
}

function* obstaclesOf(module: string, ofModule: readonly JudgedAccess[]): Generator<string> {
	for (const [obstacle, refused] of Map.groupBy(ofModule, (judged) => judged.obstacle)) {
		if (obstacle === undefined) continue;
		const codes = [...new Set(refused.map(shownCode))].join(', ');
		const part = refused.length === ofModule.length ? '' : `${refused.length} of ${ofModule.length}`;
		yield `${module} ${WORDS[obstacle](part)} (${codes})`;
	}
}

/** `89 of 173 can be read; Retail is not part of this edition (519), Finance lacks permission (4012)`. */
export function summaryOfAccess(checked: readonly JudgedAccess[]): string {
	const count = (allowed: boolean | null) => checked.filter(({ access }) => access.allowed === allowed).length;
	const byModule = Map.groupBy(checked, ({ access }) => access.module);
	const obstacles = [...byModule].flatMap(([module, ofModule]) => [...obstaclesOf(module, ofModule)]);
	const unclear = count(null) === 0 ? [] : [`${count(null)} gave no clear answer`];
	const why = [...obstacles, ...unclear].join(', ');
	return `${count(true)} of ${checked.length} can be read${why === '' ? '' : `; ${why}`}`;
}
