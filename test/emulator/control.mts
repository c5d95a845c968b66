import { demoAccount } from './accounts.mts';
import type { Reply } from './answers.mts';
import { Changes } from './changes.mts';
import type { Gateway } from './gateway.mts';
import { entityOf } from './jdy/catalogue.mts';
import { seedMasterData } from './jdy/masterData/seeding.mts';
import type { MasterData } from './jdy/masterData/seeding.mts';
import { Pusher } from './push.mts';
import type { Received } from './push.mts';
import type { Arrived } from './verify.mts';

/** What the emulator is told by hand, beside the calls that JDY takes. */
const PUSH = '/emulator/push';
const MASTER_DATA = '/emulator/masterData';

const MAX_TIMES = 1000;

interface Order {
	/** The address of a push trigger. */
	to: string;
	bizType: string;
	/** Of the record; the first of its kind unless given. */
	id?: string;
	/** The same message so often. @default 1 */
	times?: number;
}

export function isControl({ target }: Arrived): boolean {
	return target.startsWith('/emulator/');
}

function answer(status: number, body: unknown): Reply {
	return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Somebody changes a record in JDY, which is what a message tells. */
function changed(gateway: Gateway, bizType: string, id: string | undefined): string | undefined {
	const kind = entityOf(bizType);
	if (kind === undefined) return id;
	const wanted = id ?? gateway.records.of(demoAccount, kind)[0]?.id;
	if (wanted !== undefined) new Changes(gateway).change(kind, wanted, { remark: 'changed by hand' });
	return wanted;
}

async function send(gateway: Gateway, { to, bizType, id, times = 1 }: Order): Promise<{ id: string | undefined; answers: Received[] }> {
	const pusher = new Pusher(to);
	if (bizType === 'test_address') return { id: undefined, answers: [await pusher.test()] };
	if (bizType === 'app_authorize') return { id: undefined, answers: [await pusher.authorize(demoAccount, gateway.tokens.appSecret(demoAccount))] };
	const wanted = changed(gateway, bizType, id);
	const message = { bizType, msgId: `by-hand-${gateway.settings.now()}`, data: wanted === undefined ? [] : [wanted] };
	const answers: Received[] = [];
	for (let nth = 0; nth < Math.min(times, MAX_TIMES); nth++) answers.push(await pusher.message(message));
	return { id: wanted, answers };
}

function seed(gateway: Gateway, rows: MasterData[]): Array<{ entity: string; id: string; number: string }> {
	return seedMasterData(gateway.records, demoAccount, rows).map(({ entity, id, number }) => ({ entity, id, number }));
}

/** What each path does with its JSON. */
const CONTROLS: Record<string, (gateway: Gateway, order: unknown) => unknown> = {
	[PUSH]: async (gateway, order) => await send(gateway, order as Order),
	[MASTER_DATA]: (gateway, rows) => seed(gateway, rows as MasterData[]),
};

/**
 * `POST /emulator/push` with an order as JSON changes a record and pushes the message about it; `POST /emulator/masterData` puts
 * rows into the books of the demo account and answers their IDs.
 */
export async function control(gateway: Gateway, { method, target, body }: Arrived): Promise<Reply> {
	const act = method === 'POST' && Object.hasOwn(CONTROLS, target) ? CONTROLS[target] : undefined;
	if (!act) return answer(404, { problem: `There are ${Object.keys(CONTROLS).map((path) => `POST ${path}`).join(', ')} only` });
	try {
		return answer(200, await act(gateway, JSON.parse(body)));
	} catch (error) {
		return answer(400, { problem: String(error), cause: String((error as Error).cause ?? '') });
	}
}

/** How it is used, as it is printed. */
export function controlLines(url: string): string[] {
	return [
		'Push a message as JDY does, to the address of a push trigger (bizType also test_address, app_authorize)',
		`  curl ${url}${PUSH} -d '{"to":"http://127.0.0.1:5678/webhook/…/webhook","bizType":"sal_bill_order"}'`,
		'Put master data into the books',
		`  curl ${url}${MASTER_DATA} -d '[{"entity":"bd.customer","number":"KH9001","name":"新客户"}]'`,
	];
}
