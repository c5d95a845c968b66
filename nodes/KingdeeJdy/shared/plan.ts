import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../gateway/call';
import { Complaint } from '../gateway/complaint';
import type { Ended } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import type { Body, Endpoint, Envelope } from '../gateway/types';
import type { Action } from './advice';
import { openGateway } from './openGateway';
import type { OpenGateway } from './openGateway';
import type { Sending } from './options';
import { held, textOf } from './outcomes';
import type { HeldKind, ItemEnded, ItemFailure } from './outcomes';
import type { Search } from './search';

/** What makes a document unique for the duplicate guard. */
export interface Unique {
	/** The key and the type of the document as one text. */
	mark: string;
	/** The key as the user knows it. */
	key: string;
	/** A digest of the document: equal for equal data, however it is written. */
	digest: string;
	/** Whether to send it although an earlier run may have. */
	resendUnknown: boolean;
	/** Whether JDY itself refuses a second document with this key, or takes one with the same data for the first. */
	isChecked?: boolean;
	/** How the document is found in JDY where its outcome is unknown; undefined where nobody looks. */
	search: Search | undefined;
}

/** What every operation reads for an item, whatever else it does. */
export interface Settings {
	sending: Sending;
	/** Whether the fields of the input item stand beside those of the output. @default false */
	includeInput?: boolean;
}

/** Makes one call for an item, with its options, until the run is stopped or the account's credentials are refused. */
export type Caller = (endpoint: Endpoint, body: Body) => Promise<Ended>;

/** Operations on IDs, where one call can do several of them. Items of such an operation have no `unique`. */
export interface Batch<P extends Settings> {
	/** Items share a call where this is equal, beside their account and their options. */
	group: (parameters: P) => string;
	/** What the item asks for, each once. */
	ids: (parameters: P) => readonly string[];
	/** The JSON of the request for some of the IDs of a group. */
	body: (parameters: P, ids: readonly string[]) => string;
	/** Whether its answers are documented to name what was done; otherwise silence speaks for an ID that went alone. */
	tells?: boolean;
}

/** An input item, and what the user set for it. */
export interface ReadItem<P extends Settings> {
	itemIndex: number;
	json: IDataObject;
	parameters: P;
}

/** Items that go out as one, with what is set for all of them; or why they cannot. */
export type Gathered<P extends Settings> = { items: readonly [ReadItem<P>, ...Array<ReadItem<P>>] } & ({ parameters: P } | { complaint: Complaint });

/** What an operation of a node does with an item; `P` is what the user set for it, expressions resolved. */
export interface Operation<P extends Settings> {
	action: Action;
	/** @throws Complaint for a choice or an option that is out of range */
	read: (context: IExecuteFunctions, itemIndex: number) => P | Promise<P>;
	/** Where several items make one document, with one outcome for all of them. */
	gather?: (items: ReadonlyArray<ReadItem<P>>) => Array<Gathered<P>>;
	endpoint: (parameters: P) => Endpoint;
	/**
	 * JSON of the request; empty where there is none.
	 *
	 * @throws Complaint naming the parameter or the field
	 */
	body: (parameters: P, json: IDataObject) => Body;
	/** What an error tells about the item besides its outcome; undefined parameters could not be read. */
	subject: (parameters: P | undefined) => IDataObject;
	/** The output of a call that was done. */
	items: (envelope: Envelope, parameters: P, json: IDataObject) => IDataObject[];
	/** Where an item takes more than one call, or a look at what was answered. A failure of a read never stays unknown. */
	run?: (ready: Ready<P>, call: Caller) => Promise<ItemEnded>;
	/** Where several items can share a call. */
	batch?: Batch<P>;
	/** What makes the document unique, where duplicates are prevented; files have nothing that does. */
	unique?: (parameters: P, body: string) => Unique | undefined;
	/** What to tell the user of a run, before it is sent. */
	hints?: (parameters: readonly P[]) => string[];
	/** What to tell the user of an item that was done, beside its output. */
	notice?: (envelope: Envelope, parameters: P) => string | undefined;
}

/** An item that may be sent. */
export interface Ready<P extends Settings = Settings> {
	itemIndex: number;
	json: IDataObject;
	gateway: Gateway;
	endpoint: Endpoint;
	body: Body;
	sending: Sending;
	parameters: P;
	unique: Unique | undefined;
}

/** What goes out for one input item, or for several that make one document: ready to be sent, or why it cannot be. */
export type Plan<P extends Settings> = {
	/** The first, where they are several. */
	itemIndex: number;
	itemIndexes: readonly number[];
	json: IDataObject;
	subject: IDataObject;
} & ({ ready: Ready<P> } | { failure: ItemFailure });

type Start = Pick<ReadItem<Settings>, 'itemIndex' | 'json'>;

async function readItem<P extends Settings>(context: IExecuteFunctions, operation: Operation<P>, { itemIndex, json }: Start): Promise<ReadItem<P> | Plan<P>> {
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
	for (const other of others) if ((await open(other.itemIndex, sending)) !== gateway) throw new Complaint('Credential', 'must be the same for all items of a document');
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
export async function planAll<P extends Settings>(context: IExecuteFunctions, memory: Memory, operation: Operation<P>): Promise<Array<Plan<P>>> {
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
