import { demoAccount } from './accounts.mts';
import type { Reply } from './answers.mts';
import { Changes } from './changes.mts';
import type { Gateway } from './gateway.mts';
import { entityOf } from './jdy/catalogue.mts';
import { Pusher } from './push.mts';
import type { Received } from './push.mts';
import type { Arrived } from './verify.mts';

/** What the emulator is told by hand, beside the calls that JDY takes. */
const PUSH = '/emulator/push';

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

/** `POST /emulator/push` with an order as JSON: changes a record and pushes the message about it. */
export async function control(gateway: Gateway, { method, target, body }: Arrived): Promise<Reply> {
	if (method !== 'POST' || target !== PUSH) return answer(404, { problem: `There is POST ${PUSH} only` });
	try {
		return answer(200, await send(gateway, JSON.parse(body) as Order));
	} catch (error) {
		return answer(400, { problem: String(error), cause: String((error as Error).cause ?? '') });
	}
}

/** How it is used, as it is printed. */
export function controlLines(url: string): string[] {
	return [
		'Push a message as JDY does, to the address of a push trigger (bizType also test_address, app_authorize)',
		`  curl ${url}${PUSH} -d '{"to":"http://127.0.0.1:5678/webhook/…/webhook","bizType":"sal_bill_order"}'`,
	];
}
