import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { KingdeeJdyApi, KingdeeJdyCustomSave } from '../helpers/built.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { GATEWAY, faults } from './faults.mts';
import type { FaultCase } from './faults.mts';
import { add, bookedOf, emptyTally, judge, toldOf } from './judge.mts';
import type { Tally } from './judge.mts';
import { inLanes } from './lanes.mts';
import { Random } from './random.mts';

export const ACCOUNTS = 20;
const ITEMS = ACCOUNTS * 4;
/** The accounts that a fault hits, each once: what heals a session takes the two token calls that an account has in a minute. */
const HIT = 5;
/** Some runs of twenty accounts share one process: on a busy machine an answer takes its time there. */
const TIMEOUT_MS = 1_500;
const SAVE_PATH = '/jdy/v2/cust/save';

/** The two ways in which an item chooses its account. */
const CHOICES = [
	{ accountId: '={{ $json.account }}', options: {} },
	{ accountId: '', options: { account: '={{ $json.account }}' } },
];

export interface AccountsTally extends Tally {
	/** Documents that stand in the books of an account that is not theirs. */
	wrongBooks: number;
}

const accountsOf = (): Account[] =>
	Array.from({ length: ACCOUNTS }, (_unused, no) => ({ ...demoAccount, accountId: `16000000000000001${String(no).padStart(2, '0')}`, serviceId: `71000000${no}`, appKey: `faultKey${no}` }));

interface Item {
	item: number;
	account: string;
}

async function run(fault: FaultCase, seed: number, { accountId, options }: (typeof CHOICES)[number]): Promise<AccountsTally> {
	const accounts = accountsOf();
	const emulator = await Emulator.start({ accounts, ...GATEWAY, ...fault.settings });
	try {
		const credential = { ...instanceCredential(emulator), accountId };
		const random = new Random(seed);
		const items = Array.from({ length: ITEMS }, (_unused, item): Item => ({ item, account: accounts[item % ACCOUNTS]?.accountId ?? '' }));
		const hit = new Set([...random.choose(Math.min(fault.hits ?? HIT, HIT), ACCOUNTS)].map((no) => no + ACCOUNTS * random.below(ITEMS / ACCOUNTS)));
		emulator.chooseFault = ({ target, body }) => {
			if (target !== SAVE_PATH) return undefined;
			const { item } = (JSON.parse(body) as { data: Item }).data;
			const account = accounts[item % ACCOUNTS];
			return account && hit.delete(item) ? fault.strike({ emulator, account, random, credential }) : undefined;
		};
		const result = await runWorkflow(
			{
				name: 'accounts',
				nodes: [
					{ id: '1', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
					{
						id: '2',
						name: 'Save',
						type: 'sender',
						typeVersion: 1,
						position: [0, 0],
						parameters: { bizType: 'ts_1', dataMode: 'inputItem', options: { timeout: TIMEOUT_MS, callsPerMinute: 0, concurrency: 2, ...options } },
						credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } },
						onError: 'continueErrorOutput',
					},
				],
				connections: { Items: { main: [[{ node: 'Save', type: 'main', index: 0 }]] } },
				pinData: { Items: items.map((item) => ({ json: { ...item } })) },
			},
			{ nodeTypes: { sender: new KingdeeJdyCustomSave() }, credentialType: new KingdeeJdyApi(), credential },
		);
		const told = toldOf(result.outputs('Save').flat());
		await emulator.settled();
		const booked = emulator.gateway.documents.all.map(({ accountId: books, data }) => ({ books, item: Number(JSON.stringify(data.item)) }));
		const wrongBooks = booked.filter(({ books, item }) => books !== accounts[item % ACCOUNTS]?.accountId).length;
		return { ...judge(ITEMS, told, bookedOf(booked.map(({ item }) => item)), fault.isKnown !== true), wrongBooks };
	} finally {
		await emulator.stop();
	}
}

/** Every fault that needs no TLS in runs over 20 accounts, some runs at a time. */
export async function manyAccounts(atOnce: number): Promise<AccountsTally> {
	const total = emptyTally();
	let wrongBooks = 0;
	const work = faults.filter(({ usesTls }) => !usesTls).flatMap((fault, seed) => CHOICES.map((choice) => ({ fault, seed, choice })));
	await inLanes(atOnce, work, async ({ fault, seed, choice }) => {
		const tally = await run(fault, seed, choice);
		add(total, tally);
		wrongBooks += tally.wrongBooks;
	});
	return { ...total, wrongBooks };
}
