import { processState } from '../helpers/built.mts';
import type { BenchGateway } from './benchGateway.mts';
import { median } from './measure.mts';
import { FIELDS, OFFICIAL, runNode, saving } from './sides.mts';

const SERVICE_MS = 20;
const ROUNDS = 3;
const MS_A_SECOND = 1000;

const { clientId, clientSecret } = FIELDS;
const credential = { authentication: 'instance', clientId, clientSecret, gatewayUrl: OFFICIAL, outerInstanceId: '1500000000000000001', accountId: '' };

/** Milliseconds for so many documents of each account, whose items come in turn; no session is at hand at the start. */
async function saveFor(accounts: number, documents: number): Promise<number> {
	processState.sessions.clear();
	processState.tokenWindows.clear();
	const options = { account: `={{ "account-" + ($itemIndex % ${accounts}) }}` };
	return (await runNode({ ...saving, credential, options }, accounts * documents, 1)).wallMs;
}

/**
 * One run over many accounts, one call of each on its way at once, answers after 20 ms: how much longer 10 accounts with 500
 * documents each take than one such account alone, and the seconds for 200 accounts with 5 documents each.
 */
export async function compareAccounts(gateway: BenchGateway): Promise<{ tenOverOne: number; twoHundredS: number }> {
	await gateway.takes(SERVICE_MS);
	const [one, ten, twoHundred]: [number[], number[], number[]] = [[], [], []];
	for (let round = 0; round < ROUNDS; round++) {
		one.push(await saveFor(1, 500));
		ten.push(await saveFor(10, 500));
		twoHundred.push(await saveFor(200, 5));
	}
	return { tenOverOne: median(ten) / median(one), twoHundredS: median(twoHundred) / MS_A_SECOND };
}
