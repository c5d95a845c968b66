import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { Changes } from '../emulator/changes.mts';
import { Gateway } from '../emulator/gateway.mts';
import { defaults, demoAccount, demoClient } from '../emulator/settings.mts';
import { Random } from '../faults/random.mts';
import { Books } from './books.mts';
import type { Verdict } from './books.mts';
import { helperTo } from './inProcess.mts';
import type { Accident } from './inProcess.mts';
import { pollContext } from './pollContext.mts';

/** The trigger that is tried. */
export interface Trigger {
	runPoll: (context: IPollFunctions, state: GatewayState) => Promise<INodeExecutionData[][] | null>;
	createState: () => GatewayState;
}

const ENTITY = 'scm.sal_order';
const BIZ_TYPE = 'ts_model';
const APART_MS = 90_000;
const START_MS = Date.UTC(2026, 10, 22, 8);

/** What a schedule is like; everything else is drawn in its course. */
export interface Kind {
	event: 'changed' | 'created';
	resource: 'record' | 'customDocument';
	details: boolean;
	order: 'oldest' | 'newest';
	/** How far n8n's clock is ahead of JDY's. */
	n8nAheadMs: number;
	/** How far the clock that the answers tell is ahead of that which stamps documents; undefined: they tell none. */
	dateAheadMs: number | undefined;
	/** Whether changes happen that no row shows; they are told in time, and with a clock that is right. */
	hasQuietChanges: boolean;
	/** Rows of one import at once. */
	burst: number;
	/** How far the trigger is told to look back; undefined: as far as it does by itself. */
	lookBackMinutes: number | undefined;
	/** How late a change may show. */
	latestMs: number;
	/** Whether clocks stamp changes that are ahead. */
	isAhead: boolean;
	/** Whether new documents have no time of modification. */
	isUnmodified: boolean;
	/** Whether lists leave a document out once. */
	leavesOut: boolean;
}

const MINUTE_MS = 60_000;
/** Of the trigger, in minutes. */
const LOOK_BACK = 15;
/** As late as documents come however far the trigger looks back. */
const LATEST_MS = 2 * 60 * MINUTE_MS;

function kindOf(random: Random): Kind {
	const resource = random.below(10) === 0 ? 'customDocument' : 'record';
	const hasQuietChanges = resource === 'record' && random.below(4) === 0;
	const isDateRight = hasQuietChanges || random.below(10) < 6;
	const lookBackMinutes = [undefined, undefined, 1, 5, 60, 31 * 24 * 60][random.below(6)];
	const apart = () => Math.round((random.below(2001) / 1000 - 1) * APART_MS);
	return {
		event: random.below(4) === 0 ? 'created' : 'changed',
		resource,
		details: random.below(8) === 0,
		order: random.below(2) === 0 ? 'oldest' : 'newest',
		n8nAheadMs: random.below(3) === 0 ? 0 : apart(),
		dateAheadMs: isDateRight ? 0 : random.below(3) === 0 ? undefined : apart(),
		hasQuietChanges,
		burst: resource === 'record' && random.below(100) === 0 ? 1000 + random.below(1500) : 0,
		lookBackMinutes,
		latestMs: hasQuietChanges ? 0 : Math.min(LATEST_MS, (lookBackMinutes ?? LOOK_BACK) * MINUTE_MS),
		isAhead: resource === 'record' && !hasQuietChanges && random.below(3) === 0,
		isUnmodified: resource === 'record' && random.below(3) === 0,
		leavesOut: random.below(2) === 0,
	};
}

/** n8n's clock, for everything in this process that asks for the time. */
let n8nNow = () => START_MS;
Date.now = () => n8nNow();

class Play {
	#nowMs = START_MS;
	readonly #kind: Kind;
	readonly #random: Random;
	readonly #books: Books;
	readonly #gateway: Gateway;
	readonly #changes: Changes;
	readonly #name: string;
	readonly #versions = new Map<string, number>();
	readonly #trigger: Trigger;
	#state: GatewayState;
	#staticData: IDataObject = {};
	/** What n8n has in its database. */
	#disk = '{}';
	#callsUntilAccident = Infinity;
	#isQuiet = false;
	/** Documents that lists leave out until the poll is over, and all that they ever left out. */
	#leftOut = new Set<string>();
	readonly #everLeftOut = new Set<string>();

	constructor(trigger: Trigger, kind: Kind, random: Random, name: string) {
		this.#trigger = trigger;
		this.#state = trigger.createState();
		this.#kind = kind;
		this.#random = random;
		this.#name = name;
		// By a clock that is wrong, and for times that are ahead, the current second is another one than that of the change.
		this.#books = new Books(kind.event, kind.dateAheadMs !== 0 ? 2 : kind.isAhead ? 1 : 0);
		this.#gateway = new Gateway({
			...defaults,
			now: () => this.#nowMs,
			tokenLifeMs: Infinity,
			callsPerMinute: Infinity,
			callsPerSecond: Infinity,
			listOrder: kind.order,
			leavesOut: (id) => this.#leftOut.has(id),
		});
		this.#changes = new Changes(this.#gateway);
		n8nNow = () => this.#nowMs + kind.n8nAheadMs;
	}

	async run(): Promise<Verdict> {
		for (let count = this.#random.below(5); count > 0; count--) this.#act();
		this.#pass(this.#random.below(300_000));
		while ((await this.#poll()) === undefined) this.#pass(60_000);
		for (let step = 8 + this.#random.below(10); step > 0; step--) await this.#step();
		this.#isQuiet = true;
		for (let quiet = 0; quiet < 6; ) {
			this.#pass(60_000);
			quiet = (await this.#poll()) === 0 && this.#changes.waiting === 0 ? quiet + 1 : 0;
		}
		return this.#books.judge();
	}

	async #step(): Promise<void> {
		const until = this.#nowMs + this.#pauseMs();
		for (let count = this.#random.below(5); count > 0; count--) {
			this.#pass(this.#random.below(4) === 0 ? 0 : this.#random.below(Math.max(1, Math.min(90_000, until - this.#nowMs))));
			this.#act();
		}
		if (this.#kind.burst > 0 && this.#random.below(10) === 0) this.#import();
		this.#pass(Math.max(0, until - this.#nowMs));
		if (this.#random.below(10) === 0) this.#restart();
		if (this.#random.below(8) === 0) this.#callsUntilAccident = this.#random.below(4);
		await this.#poll();
		this.#callsUntilAccident = Infinity;
	}

	/** Until the next poll: a minute, now and then n8n was off. */
	#pauseMs(): number {
		if (this.#random.below(15) > 0) return 60_000;
		return this.#random.below(3) === 0 ? this.#random.below(3 * 86_400_000) : this.#random.below(900_000);
	}

	#pass(ms: number): void {
		this.#nowMs += ms;
		this.#changes.arrive();
	}

	get #entity(): string {
		return this.#kind.resource === 'record' ? ENTITY : BIZ_TYPE;
	}

	#late(): number {
		const [random, { latestMs }] = [this.#random, this.#kind];
		if (latestMs === 0 || random.below(3) > 0) return 0;
		// Most are a little late.
		return random.below(10) === 0 ? latestMs : random.below(random.coin() ? Math.min(latestMs, 90_000) : latestMs);
	}

	#ahead(): number {
		const random = this.#random;
		return this.#kind.isAhead && random.below(4) === 0 ? random.below(random.coin() ? 2 * MINUTE_MS : 20 * 60 * MINUTE_MS) : 0;
	}

	#create(): void {
		const { id, showsAtMs } = this.#changes.create(this.#entity, { customer_name: 'v1' }, { lateMs: this.#late(), aheadMs: this.#ahead(), isModified: !this.#kind.isUnmodified });
		this.#versions.set(id, 1);
		this.#books.changed(id, { version: 1, shownAtMs: showsAtMs, isVisible: true });
	}

	/** A burst of documents in the same moment, or within some minutes. */
	#import(): void {
		const stepMs = this.#random.coin() ? 0 : this.#random.below(200);
		for (let count = this.#kind.burst; count > 0; count--) {
			this.#create();
			this.#pass(stepMs);
		}
	}

	#act(): void {
		const ids = [...this.#versions.keys()];
		const id = ids[this.#random.below(ids.length)];
		const what = this.#random.below(10);
		if (id === undefined || what < 3) return this.#create();
		if (what === 3) {
			if (this.#changes.remove(this.#entity, id)) {
				this.#books.removed(id, this.#nowMs);
				this.#versions.delete(id);
			}
			return;
		}
		const version = (this.#versions.get(id) ?? 0) + 1;
		this.#versions.set(id, version);
		const isVisible = !(this.#kind.hasQuietChanges && this.#random.coin());
		const { showsAtMs } = this.#changes.change(this.#entity, id, isVisible ? { customer_name: `v${version}` } : { secret_note: version }, { lateMs: this.#late(), aheadMs: this.#ahead() });
		this.#books.changed(id, { version, shownAtMs: showsAtMs, isVisible });
	}

	/** n8n is killed and started again: it has what it wrote when it last gave something out. */
	#restart(): void {
		this.#state = this.#trigger.createState();
		this.#staticData = JSON.parse(this.#disk) as IDataObject;
	}

	#beforeCall(): Accident | undefined {
		this.#pass(20 + this.#random.below(400));
		if (!this.#isQuiet && this.#random.below(20) === 0) this.#act();
		this.#callsUntilAccident -= 1;
		if (this.#callsUntilAccident >= 0 || this.#callsUntilAccident === -Infinity) return undefined;
		this.#callsUntilAccident = Infinity;
		const accidents: Accident[] = ['lost', { status: 519, body: '{"errcode":5004,"description":"timeout[GW]"}' }, { status: 500, body: '<html></html>' }, { status: 200, body: '{"errcode":2000002000,"description":"trace"}' }];
		return accidents[this.#random.below(accidents.length)];
	}

	get #parameters(): IDataObject {
		const { event, resource, details, lookBackMinutes } = this.#kind;
		return { resource, type: { mode: 'list', value: 'scm/sal_order' }, bizType: BIZ_TYPE, event, details, options: { callsPerMinute: 0, maxAttempts: 1, ...(lookBackMinutes !== undefined && { lookBackMinutes }) } };
	}

	/** Lists leave a document out of one poll at most. */
	#leaveOut(): void {
		const isChosen = (id: string) => !this.#everLeftOut.has(id) && this.#random.below(8) === 0;
		this.#leftOut = new Set(this.#kind.leavesOut && !this.#isQuiet ? [...this.#versions.keys()].filter(isChosen) : []);
		for (const id of this.#leftOut) this.#everLeftOut.add(id);
	}

	/** @returns how many documents were given out; undefined: the poll failed */
	async #poll(): Promise<number | undefined> {
		const fromMs = this.#nowMs;
		const logs: string[] = [];
		const isFirst = this.#staticData.kingdeeJdy === undefined;
		if (!isFirst) this.#leaveOut();
		const context = pollContext({
			workflowId: this.#name,
			parameters: this.#parameters,
			credential: { authentication: 'appToken', clientId: demoClient.clientId, clientSecret: demoClient.clientSecret, gatewayUrl: 'https://jdy.invalid', appToken: this.#gateway.tokens.issue(demoAccount), routerDomain: demoAccount.domain },
			httpRequest: helperTo(this.#gateway, {
				beforeCall: () => this.#beforeCall(),
				dateMs: () => (this.#kind.dateAheadMs === undefined ? undefined : this.#nowMs + this.#kind.dateAheadMs),
			}),
			staticData: this.#staticData,
			logs,
		});
		let output: INodeExecutionData[][] | null;
		try {
			output = await this.#trigger.runPoll(context, this.#state);
		} catch (error) {
			if ((error as { failure?: { cause: string } }).failure?.cause !== 'temporarily-unavailable') throw error;
			return undefined;
		}
		const untilMs = this.#nowMs;
		if (isFirst) this.#books.activated({ fromMs, untilMs });
		else if (!logs.some((text) => /There is more|There was time/.test(text))) this.#books.polled({ fromMs, untilMs, leftOut: this.#leftOut });
		for (const { json } of output?.flat() ?? []) {
			this.#books.given(String(json.id), { fromMs, untilMs, version: Number(String(json.customer_name).slice(1)) });
		}
		if (isFirst || output) this.#disk = JSON.stringify(this.#staticData);
		return output?.flat().length ?? 0;
	}
}

/** One schedule from its first poll to its last, and how the trigger came out of it. */
export async function play(trigger: Trigger, seed: number): Promise<Verdict & { kind: Kind }> {
	const random = new Random(seed);
	const kind = kindOf(random);
	return { kind, ...(await new Play(trigger, kind, random, `schedule-${seed}`).run()) };
}
