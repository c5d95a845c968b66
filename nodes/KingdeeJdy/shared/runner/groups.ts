import type { IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { mapInParts } from '../concurrency/lanes';
import type { AccountNaming } from '../connection/accountNaming';
import { accountFor } from '../connection/openGateway';
import type { OpenGateway } from '../connection/openGateway';
import type { GroupIdentity, GroupTrace, ItemPlan, NonEmpty, Operation, ReadItem, Settings } from '../contract/operation';
import { errorText, localFailure } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';
import { readSending } from '../parameters/options';

/** An item that cannot be sent. */
export type FailedPlan<P extends Settings> = ItemPlan<P> & { failure: ItemFailure };

/** The items of one document. */
export interface ItemGroup<P extends Settings> {
	items: NonEmpty<ReadItem<P>>;
	/** Of each item: one account, but options and credentials may differ. */
	gateways: NonEmpty<Gateway>;
	/** An item that cannot be sent and may belong to this document, which must not be sent without it. */
	missing?: FailedPlan<P>;
}

/** What a run is planned with. */
export interface Planning<P extends Settings> {
	context: IExecuteFunctions;
	operation: Operation<P>;
	open: OpenGateway;
	naming: AccountNaming;
}

/** An item that makes a document with others. */
interface Member<P extends Settings> {
	item: ReadItem<P>;
	identity: GroupIdentity;
	gateway: Gateway;
}

/** `account` is undefined if it cannot be read: then it may be any. */
type Trace = Omit<GroupTrace, 'account'> & { account: string | undefined };

/** An item that cannot be sent; its trace is undefined if it belongs to no group. */
interface Lost<P extends Settings> {
	failed: FailedPlan<P>;
	trace: Trace | undefined;
}

type Entry<P extends Settings> = Member<P> | Lost<P>;

/** How items that cannot be sent name their accounts, as far as they make documents with others and it can be read. */
export async function namedByLost<P extends Settings>({ context, operation }: Planning<P>, lost: ReadonlyArray<FailedPlan<P>>): Promise<Array<string | undefined>> {
	const traces = await mapInParts(lost, async ({ itemIndex }) => await operation.group?.trace(context, itemIndex));
	return traces.flatMap((trace) => (trace?.account ? [trace.account.account] : []));
}

async function lostOf<P extends Settings>({ context, operation, naming }: Planning<P>, failed: FailedPlan<P>): Promise<Lost<P>> {
	const { itemIndex } = failed;
	const trace = await operation.group?.trace(context, itemIndex);
	if (!trace) return { failed, trace };
	if (!trace.account) return { failed, trace: { ...trace, account: undefined } };
	const choice = { ...trace.account, account: await naming.nameOf(itemIndex, { ...readSending({}), ...trace.account }) };
	return { failed, trace: { ...trace, account: await accountFor(context, itemIndex, choice).catch(() => undefined) } };
}

/** Undefined for an item that makes a document of its own. */
async function entryOf<P extends Settings>(planning: Planning<P>, item: ReadItem<P>): Promise<Entry<P> | undefined> {
	const { open, operation } = planning;
	const { itemIndex, json, parameters } = item;
	const identity = operation.group?.identify(parameters);
	if (!identity) return undefined;
	try {
		return { item, identity, gateway: await open(itemIndex, parameters.sending) };
	} catch (error) {
		const plan = { itemIndex, json, members: [{ itemIndex, json }], subject: operation.subject(parameters) };
		return await lostOf(planning, { ...plan, failure: localFailure('credential', errorText(error)) });
	}
}

/** A document that is being put together. */
class Group<P extends Settings> implements ItemGroup<P> {
	readonly items: [ReadItem<P>, ...Array<ReadItem<P>>];

	readonly gateways: [Gateway, ...Gateway[]];

	missing?: FailedPlan<P>;

	private readonly identity: GroupIdentity;

	constructor({ item, identity, gateway }: Member<P>) {
		this.items = [item];
		this.identity = identity;
		this.gateways = [gateway];
	}

	add({ item, gateway }: Member<P>): void {
		this.items.push(item);
		this.gateways.push(gateway);
	}

	mayHold({ account, kind, mayShare }: Trace): boolean {
		const isOfAccount = account === undefined || account === accountOf(this.gateways[0].credential);
		const isOfKind = kind === undefined || kind === this.identity.kind;
		return isOfAccount && isOfKind && mayShare?.(this.identity.value) === true;
	}
}

/** @param entries in the order of the items */
function formGroups<P extends Settings>(entries: ReadonlyArray<Entry<P>>): Array<Group<P>> {
	const groups = new Map<string, Group<P>>();
	const lost: Array<{ failed: FailedPlan<P>; trace: Trace }> = [];
	let above: Group<P> | undefined;
	for (const entry of entries) {
		if ('item' in entry) {
			const { gateway, identity } = entry;
			const key = JSON.stringify([accountOf(gateway.credential), identity.kind, identity.value]);
			above = groups.get(key);
			if (above) above.add(entry);
			else groups.set(key, (above = new Group(entry)));
			continue;
		}
		const { failed, trace } = entry;
		if (!trace) continue;
		lost.push({ failed, trace });
		if (trace.mayShare) above = undefined;
		else if (above) above.missing ??= failed;
	}
	const formed = [...groups.values()];
	for (const { failed, trace } of lost) for (const group of formed) if (group.mayHold(trace)) group.missing ??= failed;
	return formed;
}

/**
 * Puts the items together that make one document. An item that cannot be sent fails by itself, and no document is sent that
 * it may belong to: that would lack a line.
 *
 * @param read items that make documents with others, or of their own
 * @param unread items that could not be read
 */
export async function groupItems<P extends Settings>(
	planning: Planning<P>,
	read: ReadonlyArray<ReadItem<P>>,
	unread: ReadonlyArray<FailedPlan<P>>,
): Promise<{ groups: Array<ItemGroup<P>>; single: Array<ReadItem<P>>; failed: Array<FailedPlan<P>> }> {
	const found = await mapInParts(read, async (item) => await entryOf(planning, item));
	const lost = await mapInParts(unread, async (failed) => await lostOf(planning, failed));
	const entries = [...found.filter((entry) => entry !== undefined), ...lost];
	const indexOf = (entry: Entry<P>) => ('item' in entry ? entry.item : entry.failed).itemIndex;
	return {
		groups: formGroups(entries.toSorted((one, other) => indexOf(one) - indexOf(other))),
		single: read.filter((_item, position) => found[position] === undefined),
		failed: entries.flatMap((entry) => ('failed' in entry ? [entry.failed] : [])),
	};
}
