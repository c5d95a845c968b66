/**
 * `npm run test:triggers [schedules]`: the polling trigger against the emulator, in time that this test moves: changes, some
 * of them late, at equal times, in bursts, while pages are read; polls that fail, restarts, clocks that differ. The last
 * line is JSON.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { play } from './schedule.mts';
import type { Trigger } from './schedule.mts';

const load = createRequire(resolve('package.json'));
const { runPoll } = load('./dist/nodes/KingdeeJdy/trigger/poll/poll.js') as Pick<Trigger, 'runPoll'>;
const { createState } = load('./dist/nodes/KingdeeJdy/gateway/state.js') as Pick<Trigger, 'createState'>;

const SCHEDULES = Number(process.argv[2] ?? 2000);
const FIRST_SEED = Number(process.argv[3] ?? 1);
const MAX_SHOWN = 5;

const total = { schedules: 0, changes: 0, missed: 0, doubled: 0 };
const started = performance.now();
for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
	const { changes, missed, doubled, wrong, kind } = await play({ runPoll, createState }, seed);
	total.schedules += 1;
	total.changes += changes;
	total.missed += missed;
	total.doubled += doubled;
	if (wrong.length > 0) console.log(`schedule ${seed} ${JSON.stringify(kind)}\n  ${wrong.slice(0, MAX_SHOWN).join('\n  ')}`);
	if (total.schedules % 250 === 0) console.log(`${total.schedules} schedules, ${Math.round((performance.now() - started) / 1000)} s`);
}
console.log(JSON.stringify(total));
process.exitCode = total.missed + total.doubled > 0 || total.changes === 0 ? 1 : 0;
