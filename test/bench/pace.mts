import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runNode, saving } from './sides.mts';

const ITEMS = 1_000;
const CALLS_A_MINUTE = 500;
const MINUTE_MS = 60_000;
const TOO_MANY = 429;

/**
 * A long run at the account's limit, against the least that the limit allows: the documents beyond the first 500 cannot
 * go out before a minute is over.
 */
export async function pace(): Promise<{ overMinimum: number; refused: number }> {
	const emulator = await Emulator.start({ callsPerMinute: CALLS_A_MINUTE, callsPerSecond: Infinity });
	try {
		const options = { callsPerMinute: CALLS_A_MINUTE };
		const { wallMs } = await runNode({ ...saving, credential: tokenCredential(emulator), options }, ITEMS, 10);
		const minimumMs = (ITEMS / CALLS_A_MINUTE - 1) * MINUTE_MS;
		return { overMinimum: wallMs / minimumMs, refused: emulator.ledger.filter(({ status }) => status === TOO_MANY).length };
	} finally {
		await emulator.stop();
	}
}
