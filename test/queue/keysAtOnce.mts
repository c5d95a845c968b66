/** An item as the webhook answers it. */
interface Item {
	alreadySaved?: boolean;
}

export interface KeysAtOnce {
	/** Posts orders to a workflow that saves each with its number as the Deduplication Key. */
	post: (orders: Array<{ no: string }>) => Promise<Item[]>;
	/** How often each order stands in the books whose number begins so. */
	booked: (prefix: string) => Map<string, number>;
	workers: number;
}

/** For each worker in each round: executions at once, and the keys of each. */
const ROUNDS = [
	{ name: 'one', rounds: 20, executions: 3, keys: 1 },
	{ name: 'many', rounds: 2, executions: 1, keys: 50 },
];

/**
 * Has workers save other keys at the same moment, round by round, and then the same once more.
 *
 * @returns how many keys there were, how many documents were saved twice, and how many keys were not recognised
 */
export async function keysAtOnce({ post, booked, workers }: KeysAtOnce): Promise<{ keys: number; savedTwice: number; unrecognised: number; seconds: number }> {
	const startedAt = Date.now();
	const prefix = `A${workers}-`;
	const plan = ROUNDS.flatMap(({ name, rounds, executions, keys }) =>
		Array.from({ length: rounds }, (_round, round) =>
			Array.from({ length: executions * workers }, (_execution, execution) => Array.from({ length: keys }, (_key, key) => ({ no: `${prefix}${name}-${round}-${execution}-${key}` }))),
		),
	);
	const run = async () => {
		const answers: Item[] = [];
		for (const round of plan) answers.push(...(await Promise.all(round.map(post))).flat());
		return answers;
	};
	await run();
	const again = await run();
	return {
		keys: plan.flat(2).length,
		savedTwice: [...booked(prefix).values()].filter((times) => times > 1).length,
		unrecognised: again.filter(({ alreadySaved }) => alreadySaved !== true).length,
		seconds: Math.round((Date.now() - startedAt) / 1000),
	};
}
