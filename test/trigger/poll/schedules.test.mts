import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { runPoll } from '../../../nodes/KingdeeJdy/trigger/poll/poll.ts';
import { play } from '../../triggers/schedule.mts';

/** Some of those that `npm run test:triggers` plays: enough for lists, custom documents, details, bursts, quiet changes; two that failed once. */
const SEEDS = [...Array.from({ length: 60 }, (_unused, index) => index + 1), 4500, 6336];

test.each(SEEDS)('schedule %i: every change is given out once', async (seed) => {
	const { changes, missed, doubled, wrong } = await play({ runPoll, createState }, seed);

	expect({ missed, doubled, wrong }).toEqual({ missed: 0, doubled: 0, wrong: [] });
	expect(changes).toBeGreaterThan(0);
});
