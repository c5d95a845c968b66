import type { IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../gateway/call';
import { Complaint } from '../gateway/complaint';
import type { Memory } from '../gateway/memory';
import { openGateway } from './openGateway';
import type { OpenGateway } from './openGateway';
import type { Gathered, Operation, Plan, ReadItem, Settings } from './operation';
import { held, textOf } from './outcomes';
import type { HeldKind } from './outcomes';

type Start = Pick<ReadItem<Settings>, 'itemIndex' | 'json'>;

async function readItem<P extends Settings>(
	context: IExecuteFunctions,
	operation: Operation<P>,
	{ itemIndex, json }: Start,
): Promise<ReadItem<P> | Plan<P>> {
	try {
		return { itemIndex, json, parameters: await operation.read(context, itemIndex) };
	} catch (error) {
		return { itemIndex, itemIndexes: [itemIndex], json, subject: operation.subject(undefined), failure: held('input', textOf(error)) };
	}
}

/** @throws Complaint where the items are not of one account */
async function gatewayOf<P extends Settings>(open: OpenGateway, items: Gathered<P>['items'], { sending }: P): Promise<Gateway> {
	const [{ itemIndex }, ...others] = items;
	const gateway = await open(itemIndex, sending);
	for (const other of others) {
		if ((await open(other.itemIndex, sending)) !== gateway) throw new Complaint('Credential', 'must be the same for all items of a document');
	}
	return gateway;
}

async function planOne<P extends Settings>(operation: Operation<P>, open: OpenGateway, gathered: Gathered<P>): Promise<Plan<P>> {
	const { items } = gathered;
	const [{ itemIndex, json, parameters: ofFirst }] = items;
	const plan = { itemIndex, itemIndexes: items.map((item) => item.itemIndex), json, subject: operation.subject(ofFirst) };
	if ('complaint' in gathered) return { ...plan, failure: held('input', gathered.complaint.message) };
	const { parameters } = gathered;
	let kind: HeldKind = 'input';
	try {
		const { sending } = parameters;
		const endpoint = operation.endpoint(parameters);
		const body = operation.body(parameters, json);
		const unique = sending.dryRun || typeof body !== 'string' ? undefined : operation.unique?.(parameters, body);
		kind = 'credential';
		const gateway = await gatewayOf(open, items, parameters);
		return { ...plan, ready: { itemIndex, json, gateway, endpoint, body, sending, parameters, unique } };
	} catch (error) {
		return { ...plan, failure: held(kind, textOf(error)) };
	}
}

/** For each item n8n reads the credential from its database: that takes half the time an item where many are asked for at once. */
const AT_ONCE = 50;

/** Checks every item and builds its request; nothing is sent. The plans are in the order of their first items. */
export async function planAll<P extends Settings>(
	context: IExecuteFunctions,
	memory: Memory,
	operation: Operation<P>,
): Promise<Array<Plan<P>>> {
	const open = openGateway(context, memory);
	const read: Array<ReadItem<P>> = [];
	const plans: Array<Plan<P>> = [];
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		const item = await readItem(context, operation, { itemIndex, json });
		if ('parameters' in item) read.push(item);
		else plans.push(item);
	}
	const gathered = operation.gather?.(read) ?? read.map((item): Gathered<P> => ({ items: [item], parameters: item.parameters }));
	for (let start = 0; start < gathered.length; start += AT_ONCE) {
		const part = gathered.slice(start, start + AT_ONCE).map((one) => planOne(operation, open, one));
		plans.push(...(await Promise.all(part)));
	}
	return plans.sort((a, b) => a.itemIndex - b.itemIndex);
}
