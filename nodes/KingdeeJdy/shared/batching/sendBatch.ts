import { failed, failureOf, refusesCredentials } from '../../gateway/errors/failures';
import { traitsOf } from '../../gateway/errors/kinds';
import { stateSlot } from '../../gateway/state';
import type { Envelope } from '../../gateway/types';
import type { Batch, Caller, IdKind, PreparedItem, Settings } from '../contract/operation';
import { localFailure, unusableAnswer, worstOf } from '../contract/outcomes';
import type { ItemFailure, ItemResult, Part } from '../contract/outcomes';
import { readBatchResponse } from './batchResponse';
import { MAX_IDS } from './groupIntoBatches';

/** How one ID ended. */
type IdResult = { envelope: Envelope } | { failure: ItemFailure };

/** What a business rule or a field refuses may be a single ID's fault; all of a call that was refused were surely not done. */
function mayBeOnesFault(failure: ItemFailure): boolean {
	return failure.outcome === 'rejected' && traitsOf(failure).blames === 'part';
}

function refusedWithin(message: string | undefined): ItemFailure {
	return unusableAnswer('refusedWithin', message ?? 'JDY refused this ID');
}

function unconfirmed(): ItemFailure {
	return unusableAnswer('unconfirmed', 'The answer does not confirm this ID', 'unknown');
}

/** What is known of the answers to a kind of call. */
interface ResponseRules {
	/** Whether they are documented to name what was done. */
	isDocumented: boolean;
	by: IdKind;
}

/** What an answer with errcode 0 says of the IDs of its call. If it names none, it speaks for an ID that was sent alone. */
function readAnswer(envelope: Envelope, ids: readonly string[], { isDocumented, by }: ResponseRules): { results: Map<string, IdResult>; isSilent: boolean } {
	const { verdicts, isSilent } = readBatchResponse(envelope, ids, by, isDocumented);
	const results = new Map<string, IdResult>();
	for (const id of ids) {
		const verdict = verdicts.get(id) ?? (isSilent && ids.length === 1 ? { type: 'done' } : undefined);
		if (verdict?.type === 'done') results.set(id, { envelope });
		else results.set(id, { failure: verdict ? refusedWithin(verdict.message) : unconfirmed() });
	}
	return { results, isSilent };
}

/** How a batch is sent. */
interface BatchCall extends ResponseRules {
	send: (ids: readonly string[]) => Promise<ItemResult>;
	stopsAtFailure: boolean;
	/** Whether answers to this call are known to say nothing of single IDs; then each is sent alone. */
	silence: { isKnown: () => boolean; learn: () => void };
}

/** Why nothing more is sent after a call, if so. */
function whatStops(failure: ItemFailure | undefined, stopsAtFailure: boolean): ItemFailure | undefined {
	if (failure && refusesCredentials(failure)) return localFailure('stopped', `Not sent, because the gateway refused the credentials: ${failure.message}`);
	return failure && stopsAtFailure ? localFailure('stopped', 'Not sent, because another ID failed') : undefined;
}

/**
 * Sends IDs, as many in a call as possible, until each has an outcome. A call that was refused as a whole is taken apart,
 * so that one bad ID does not keep the others back; nothing that may have been done is sent again.
 */
async function sendAll(ids: readonly string[], { send, stopsAtFailure, silence, ...rules }: BatchCall): Promise<Map<string, IdResult>> {
	const results = new Map<string, IdResult>();
	const open: Array<readonly string[]> = [ids];
	let stop: ItemFailure | undefined;
	for (let chunk = open.shift(); chunk !== undefined; chunk = open.shift()) {
		const size = silence.isKnown() ? 1 : MAX_IDS;
		if (stop === undefined && chunk.length > size) {
			open.unshift(chunk.slice(0, size), chunk.slice(size));
			continue;
		}
		const ended = stop ? failed(stop) : await send(chunk);
		if (ended.type === 'failed') {
			const { failure } = ended;
			if (chunk.length > 1 && mayBeOnesFault(failure)) {
				const middle = Math.ceil(chunk.length / 2);
				open.unshift(chunk.slice(0, middle), chunk.slice(middle));
				continue;
			}
			for (const id of chunk) results.set(id, { failure });
			stop ??= whatStops(failure, stopsAtFailure);
			continue;
		}
		const answer = readAnswer(ended.envelope, chunk, rules);
		if (answer.isSilent && chunk.length > 1) silence.learn();
		for (const [id, result] of answer.results) results.set(id, result);
		const failure = [...answer.results.values()].flatMap((result) => ('failure' in result ? [result.failure] : []))[0];
		stop ??= whatStops(failure, stopsAtFailure);
	}
	return results;
}

const MAX_NAMED = 10;

/** The message of an item with several IDs: how many are not done, and why. */
function summary(parts: readonly Part[], outcome: ItemFailure['outcome']): string {
	const open = parts.filter((part) => part.outcome !== 'done');
	const told = open.filter((part) => part.outcome === outcome).slice(0, MAX_NAMED).map(({ id, message }) => `${id}: ${message}`);
	const more = open.length > told.length ? ', …' : '';
	return `${parts.length - open.length} of ${parts.length} IDs are done; ${told.join(', ')}${more}`;
}

/** The result of an item from those of its IDs: done if all are, otherwise that of the worst of them. */
function combine(ids: readonly string[], results: ReadonlyMap<string, IdResult>): ItemResult {
	const lost: IdResult = { failure: failureOf('internal', 'unknown', 'The ID was not processed') };
	const all = ids.map((id) => ({ id, result: results.get(id) ?? lost }));
	const failures = all.flatMap(({ result }) => ('failure' in result ? [result.failure] : []));
	const worst = worstOf(failures);
	if (!worst) {
		const last = all.at(-1)?.result;
		return { type: 'done', envelope: last && 'envelope' in last ? last.envelope : { errcode: 0, description: 'success', data: null } };
	}
	const parts = all.map(({ id, result }): Part => {
		if (!('failure' in result)) return { id, outcome: 'done' };
		const { outcome, message } = result.failure;
		return { id, outcome, message };
	});
	const message = parts.length === 1 ? worst.message : summary(parts, worst.outcome);
	return { type: 'failed', failure: { ...worst, message, parts } };
}

/** The gateways and paths whose answers say nothing of single IDs if a call has several. */
const silentCalls = stateSlot(() => new Set<string>());

/** Sends the items of a batch, and returns the result of each. */
export async function sendBatch<P extends Settings>(
	items: readonly [PreparedItem<P>, ...Array<PreparedItem<P>>],
	batch: Batch<P>,
	{ call, stopsAtFailure }: { call: Caller; stopsAtFailure: boolean },
): Promise<ItemResult[]> {
	const [first] = items;
	const { gateway, endpoint, parameters } = first;
	const calls = silentCalls(gateway.state);
	const name = `${gateway.credential.gatewayOrigin}${endpoint.path}`;
	const results = await sendAll(batchIdsOf(items, batch), {
		send: async (ids) => await call(endpoint, batch.body(parameters, ids)),
		stopsAtFailure,
		silence: { isKnown: () => calls.has(name), learn: () => calls.add(name) },
		isDocumented: batch.isDocumented ?? false,
		by: batch.by(parameters),
	});
	return items.map((item) => combine(batch.ids(item.parameters), results));
}

/** The IDs of several items, each once. */
export function batchIdsOf<P extends Settings>(items: ReadonlyArray<PreparedItem<P>>, batch: Batch<P>): string[] {
	return [...new Set(items.flatMap(({ parameters }) => batch.ids(parameters)))];
}
