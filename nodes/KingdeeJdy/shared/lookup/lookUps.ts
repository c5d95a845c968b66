import { call } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { refusesCredentials, whyAborted } from '../../gateway/errors/failures';
import { pause } from '../../gateway/waiting/timing';
import type { AbortScope } from '../concurrency/abortScope';
import type { Caller, PreparedItem } from '../contract/operation';
import type { LookUpResult } from '../contract/search';
import { internalFailure } from '../results/internalFailure';
import { DocumentFinder } from './documentFinder';
import { lookUpState } from './lookUpState';

/** Looking for the document of one item in JDY. */
export interface LookUp {
	/** Looks once, now. */
	once: () => Promise<LookUpResult>;
	/** Looks until it is found, several times, because what is under way may still arrive. */
	patiently: () => Promise<LookUpResult>;
	/** Finds a document that was saved some time ago. */
	recall: () => Promise<LookUpResult>;
}

/** How the document of an item is looked for. */
interface LookUpSource {
	look: () => Promise<LookUpResult>;
	recall: () => Promise<LookUpResult>;
}

/** As a tool: a model does not wait longer. */
const TIMES_OF_A_TOOL = 2;

/** The looking up of a run. Items of the same list share what is read. */
export class LookUps {
	private readonly documentFinders = new Map<string, DocumentFinder>();

	private readonly abortScope: AbortScope;

	private readonly detach: (itemIndex: number) => void;

	private readonly maxLooks: number;

	/** @param step called with an item that only waits from now on */
	constructor(abortScope: AbortScope, { detach, isTool }: { detach: (itemIndex: number) => void; isTool: boolean }) {
		this.abortScope = abortScope;
		this.detach = detach;
		this.maxLooks = isTool ? TIMES_OF_A_TOOL : Infinity;
	}

	/** Undefined if it is not known how the document is found. */
	of(plan: PreparedItem): LookUp | undefined {
		const source = this.sourceOf(plan);
		if (!source) return undefined;
		const { itemIndex, gateway } = plan;
		const signal = this.abortScope.signalFor(accountOf(gateway.credential));
		const patiently = async () => {
			const startedAtMs = performance.now();
			let looked: LookUpResult | undefined;
			const times = lookUpState(gateway.state).timesMs.slice(0, this.maxLooks);
			for (const [index, atMs] of times.entries()) {
				const waitMs = startedAtMs + atMs - performance.now();
				// A gateway that answers slowly is not asked again for each time that has passed meanwhile.
				if (index > 0 && startedAtMs + (times[index + 1] ?? Infinity) <= performance.now()) continue;
				if (waitMs > 0) {
					this.detach(itemIndex);
					await pause(waitMs, signal);
				}
				if (signal.aborted) break;
				const now = await source.look();
				// What a look has shown is not undone by one that could not read.
				if ('found' in now || looked === undefined) looked = now;
				if ('unread' in now ? refusesCredentials(now.unread) : now.found.length > 0 || now.other) break;
			}
			return looked ?? { unread: whyAborted(signal) };
		};
		return { once: source.look, patiently, recall: source.recall };
	}

	private sourceOf({ gateway, sending, deduplication, finder }: PreparedItem): LookUpSource | undefined {
		const account = accountOf(gateway.credential);
		const signal = this.abortScope.signalFor(account);
		const caller: Caller = async (endpoint, body) => await call(gateway, endpoint, body, { ...sending, signal });
		if (finder) {
			const look = async () => await finder(caller).catch((error: unknown) => ({ unread: internalFailure('The node itself failed', error, [gateway], 'rejected') }));
			// A call for each document that was saved long ago would cost as many calls as saving it.
			return { look, recall: async () => ({ found: [] }) };
		}
		if (!deduplication?.search) return undefined;
		const { key, search } = deduplication;
		const name = JSON.stringify([account, search.list]);
		const documentFinder = this.documentFinders.get(name) ?? new DocumentFinder(gateway, search, async ({ endpoint, body }) => await caller(endpoint, body));
		this.documentFinders.set(name, documentFinder);
		return { look: async () => await documentFinder.find(key), recall: async () => await documentFinder.recall(key) };
	}
}
