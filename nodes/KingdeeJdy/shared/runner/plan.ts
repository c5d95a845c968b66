import type { IExecuteFunctions } from 'n8n-workflow';

import { call } from '../../gateway/call';
import type { Gateway } from '../../gateway/call';
import { ValidationError } from '../../gateway/errors/validationError';
import type { AskedAccounts } from '../../gateway/session/accountNames';
import type { GatewayState } from '../../gateway/state';
import type { AbortScope } from '../concurrency/abortScope';
import { callOptions } from '../concurrency/callOptions';
import { mapInParts } from '../concurrency/lanes';
import { AccountNaming } from '../connection/accountNaming';
import { openGateway } from '../connection/openGateway';
import type { Caller, InputItem, ItemPlan, NonEmpty, Operation, ReadItem, Settings } from '../contract/operation';
import { errorText, localFailure } from '../contract/outcomes';
import type { LocalFailureKind } from '../contract/kinds';
import { KeyScopes } from '../deduplication/keyScopes';
import { ReferenceFailure } from '../references/referenceFailure';
import { addHint } from '../results/executionHints';
import type { PriorResults } from '../results/priorResults';
import { inputJson } from '../tool/modelInput';
import { groupItems, namedByLost } from './groups';
import type { FailedPlan, ItemGroup, Planning } from './groups';
import { RunReferences } from './references';
import type { Referring } from './references';

/** What is sent as one: an item, or a group that may be of one item too. */
type Unit<P extends Settings> = { items: NonEmpty<ReadItem<P>> } | ItemGroup<P>;

async function readItem<P extends Settings>({ context, operation }: Planning<P>, item: InputItem): Promise<ReadItem<P> | FailedPlan<P>> {
	try {
		return { ...item, parameters: await operation.read(context, item.itemIndex) };
	} catch (error) {
		return { ...item, members: [item], subject: operation.subject(undefined), failure: localFailure('input', errorText(error)) };
	}
}

/** Makes calls while a run is planned; the same function for the same gateway. */
function callersFor(abortScope: AbortScope): (gateway: Gateway, settings: Settings) => Caller {
	const callers = new Map<Gateway, Caller>();
	return (gateway, { sending }) => {
		const caller = callers.get(gateway) ?? ((endpoint, body) => call(gateway, endpoint, body, callOptions(sending, abortScope)));
		callers.set(gateway, caller);
		return caller;
	};
}

/** @throws ValidationError if the items cannot be one document */
async function mergedOf<P extends Settings>(
	{ operation }: Planning<P>,
	{ items, gateways: [gateway], missing }: ItemGroup<P>,
	callerFor: ReturnType<typeof callersFor>,
): Promise<P> {
	const [{ parameters }] = items;
	if (missing) throw new ValidationError(`Item ${missing.itemIndex}`, `cannot be used: ${missing.failure.message}`);
	return operation.group ? await operation.group.merge(items, callerFor(gateway, parameters)) : parameters;
}

/** @throws ValidationError for a credential that cannot be used, or that is not the same for all items */
async function gatewayOf<P extends Settings>({ open }: Planning<P>, unit: Unit<P>): Promise<Gateway> {
	const [{ itemIndex, parameters }] = unit.items;
	if (!('gateways' in unit)) return await open(itemIndex, parameters.sending);
	const [gateway, ...others] = unit.gateways;
	if (others.some((other) => other !== gateway)) throw new ValidationError('Credential', 'must be the same for all items of a document');
	return gateway;
}

/** A unit whose parameters are whole: those of its items put together. */
interface Merged<P extends Settings> {
	unit: Unit<P>;
	/** What every plan of it has. */
	base: InputItem & Pick<ItemPlan<P>, 'members' | 'subject'>;
	parameters: P;
	referring: Referring<P> | undefined;
}

async function mergeOne<P extends Settings>(planning: Planning<P>, unit: Unit<P>, callerFor: ReturnType<typeof callersFor>): Promise<Merged<P> | FailedPlan<P>> {
	const { operation } = planning;
	const [{ itemIndex, json, parameters: ofFirst }] = unit.items;
	const members = unit.items.map((item): InputItem => ({ itemIndex: item.itemIndex, json: item.json }));
	const base = { itemIndex, json, members, subject: operation.subject(ofFirst) };
	let kind: LocalFailureKind = 'input';
	try {
		const parameters = 'gateways' in unit ? await mergedOf(planning, unit, callerFor) : ofFirst;
		const references = await operation.references?.(parameters);
		if (!references) return { unit, base, parameters, referring: undefined };
		kind = 'credential';
		const gateway = await gatewayOf(planning, unit);
		return { unit, base, parameters, referring: { gateway, references, call: callerFor(gateway, parameters) } };
	} catch (error) {
		return { ...base, failure: localFailure(kind, errorText(error)) };
	}
}

async function planOne<P extends Settings>(
	planning: Planning<P>,
	{ unit, base, parameters: merged, referring }: Merged<P>,
	looked: RunReferences<P>,
	scopes: KeyScopes,
	isSettled: boolean,
): Promise<ItemPlan<P>> {
	const { operation } = planning;
	let kind: LocalFailureKind = 'input';
	try {
		const parameters = referring ? looked.resolve(referring) : merged;
		const { sending } = parameters;
		const endpoint = operation.endpoint(parameters);
		const body = operation.body(parameters, base.json);
		const key = sending.dryRun || typeof body !== 'string' ? undefined : operation.deduplication?.(parameters, body);
		kind = 'credential';
		const gateway = await gatewayOf(planning, unit);
		const scoped = key ? await scopes.within(key, gateway, sending) : { deduplication: undefined };
		if ('failure' in scoped) return { ...base, failure: scoped.failure };
		const forgetReferences = referring && (() => looked.forget(referring));
		return { ...base, prepared: { ...base, gateway, endpoint, body, sending, parameters, deduplication: scoped.deduplication, finder: operation.finder?.(parameters), forgetReferences } };
	} catch (error) {
		// What an earlier try has done does not go out again: it needs no IDs, should they not be found now.
		if (isSettled && referring) return await planOne(planning, { unit, base, parameters: merged, referring: undefined }, looked, scopes, false);
		return { ...base, failure: error instanceof ReferenceFailure ? error.failure : localFailure(kind, errorText(error)) };
	}
}

/** Checks every item and builds its request; nothing is saved or changed. The plans are in the order of their first items. */
export async function planAll<P extends Settings>(
	context: IExecuteFunctions,
	state: GatewayState,
	operation: Operation<P>,
	priorResults: PriorResults,
	abortScope: AbortScope,
): Promise<Array<ItemPlan<P>>> {
	const open = openGateway(context, state);
	const asked = new Map<string, AskedAccounts>();
	const { signal } = abortScope;
	const planning = { context, operation, open, naming: new AccountNaming(open, asked, signal) };
	const given: Array<ReadItem<P>> = [];
	const unread: Array<FailedPlan<P>> = [];
	for (const itemIndex of context.getInputData().keys()) {
		if (await operation.skips?.(context, itemIndex)) continue;
		const item = await readItem(planning, { itemIndex, json: inputJson(context, itemIndex) });
		if ('parameters' in item) given.push(item);
		else unread.push(item);
	}
	const read = await planning.naming.unify(given, await namedByLost(planning, unread));
	const { groups, single, failed } = operation.group ? await groupItems(planning, read, unread) : { groups: [], single: read, failed: unread };
	const units: Array<Unit<P>> = [...groups, ...single.map((item): Unit<P> => ({ items: [item] }))];
	const callerFor = callersFor(abortScope);
	const scopes = new KeyScopes(asked, signal);
	const merged = await mapInParts(units, async (unit) => await mergeOne(planning, unit, callerFor));
	const looked = new RunReferences<P>();
	await looked.find(merged.flatMap((one) => ('referring' in one && one.referring ? [one.referring] : [])));
	for (const hint of looked.hints()) addHint(context, hint);
	const plans = [...failed, ...(await mapInParts(merged, async (one) => ('failure' in one ? one : await planOne(planning, one, looked, scopes, priorResults.get(one.base.members) !== undefined))))];
	return plans.sort((a, b) => a.itemIndex - b.itemIndex);
}
