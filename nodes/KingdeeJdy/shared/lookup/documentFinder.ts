import type { Gateway } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { refusesCredentials } from '../../gateway/errors/failures';
import { accountFacts, learnFilter } from '../accountFacts/accountFacts';
import type { AccountFacts } from '../accountFacts/accountFacts';
import { traitsOf } from '../../gateway/errors/kinds';
import type { ItemFailure, ItemResult } from '../contract/outcomes';
import type { Row } from '../contract/row';
import type { DocumentSearch, FoundDocument, LookUpResult } from '../contract/search';
import { PAGE_SIZE, pageOf } from '../pagination/page';
import type { Page } from '../pagination/page';
import { internalFailure } from '../results/internalFailure';
import { matching } from './matching';
import { readBothEnds } from './readBothEnds';

/**
 * Looks keys up in one list of one account. One look at a time, for all keys that wait by then: whatever a gateway that is
 * down makes unknown, it is asked only once for all of it.
 */
export class DocumentFinder {
	private readonly waiting = new Map<string, Array<(looked: LookUpResult) => void>>();

	private isWorking = false;

	/** Whether the service chooses the rows that have a key. Not documented [?]: its answers show it, also those of earlier runs. */
	private filters: boolean | undefined;

	private readonly facts: AccountFacts;

	/** The rows of the last reading from both ends. */
	private lastRows: Row[] | undefined;

	private refusal: ItemFailure | undefined;

	private readonly gateway: Gateway;

	private readonly search: DocumentSearch;

	private readonly send: (request: ReturnType<DocumentSearch['request']>) => Promise<ItemResult>;

	constructor(gateway: Gateway, search: DocumentSearch, send: DocumentFinder['send']) {
		this.gateway = gateway;
		this.search = search;
		this.facts = accountFacts(gateway.state, accountOf(gateway.credential));
		this.filters = this.facts.filters.get(search.filter);
		this.send = send;
	}

	/** Reads JDY from now on; what was read before does not count. */
	async find(key: string): Promise<LookUpResult> {
		if (this.refusal) return { unread: this.refusal };
		const { promise, resolve } = Promise.withResolvers<LookUpResult>();
		this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]);
		if (!this.isWorking) void this.work();
		return await promise;
	}

	/** Finds a document that was saved some time ago; what was read in this run counts. */
	async recall(key: string): Promise<LookUpResult> {
		const found = this.lastRows && matching(this.lastRows, key, this.search);
		if (found && (found.length > 0 || this.filters === false)) return { found };
		return await this.find(key);
	}

	private async work(): Promise<void> {
		this.isWorking = true;
		while (this.waiting.size > 0) {
			const asked = new Map(this.waiting);
			this.waiting.clear();
			const looked = await this.lookFor([...asked.keys()]).catch((error: unknown) => ({ unread: internalFailure('The node itself failed', error, [this.gateway], 'rejected') }));
			for (const [key, resolvers] of asked)
				for (const resolve of resolvers) resolve('unread' in looked ? looked : { found: looked.get(key) ?? [] });
		}
		this.isWorking = false;
	}

	private async lookFor(keys: readonly string[]): Promise<Map<string, FoundDocument[]> | { unread: ItemFailure }> {
		const rowsOf = new Map<string, Row[]>();
		let [isAsked, rest]: [boolean, string[]] = [false, []];
		for (const key of keys) {
			if (this.filters === false) {
				rest.push(key);
				continue;
			}
			isAsked = true;
			const page = await this.page(1, key);
			// A refusal of the request shows only that the service does not take such conditions.
			if ('failure' in page && traitsOf(page.failure).blames === 'nothing') return { unread: page.failure };
			const rows = 'failure' in page ? [] : page.rows;
			rowsOf.set(key, rows);
			this.learn('failure' in page, rows, key);
			if (!this.filters) rest.push(key);
		}
		if (this.filters) rest = [];
		if (rest.length > 0) {
			const read = await readBothEnds(async (number) => await this.page(number), this.search.maxPages - (isAsked ? 1 : 0));
			if ('failure' in read) return { unread: read.failure };
			this.lastRows = read.rows;
			for (const key of rest) rowsOf.set(key, [...(rowsOf.get(key) ?? []), ...read.rows]);
		}
		return new Map(keys.map((key) => [key, matching(rowsOf.get(key) ?? [], key, this.search)]));
	}

	/** An empty page shows nothing: the service may have chosen well, or may not understand the conditions. */
	private learn(isRefused: boolean, rows: readonly Row[], key: string): void {
		// A refusal may have been about something else: it counts for this run only.
		if (isRefused) this.filters = false;
		else if (rows.length > 0) {
			this.filters = rows.every((row) => this.search.keyOf(row) === key);
			learnFilter(this.facts, this.search.filter, this.filters);
		}
	}

	private async page(number: number, key?: string): Promise<Page> {
		const page = pageOf(await this.send(this.search.request(number, PAGE_SIZE, key)));
		if ('failure' in page && refusesCredentials(page.failure)) this.refusal = page.failure;
		return page;
	}
}
