import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../gateway/call';
import type { Ended } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import type { Endpoint, Envelope } from '../gateway/types';
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
export type Caller = (endpoint: Endpoint, body: string) => Promise<Ended>;

/** Operations on IDs, where one call can do several of them. Items of such an operation have no `unique`. */
export interface Batch<P extends Settings> {
	/** Items share a call where this is equal, beside their account and their options. */
	group: (parameters: P) => string;
	/** What the item asks for, each once. */
	ids: (parameters: P) => readonly string[];
	/** The JSON of the request for some of the IDs of a group. */
	body: (parameters: P, ids: readonly string[]) => string;
}

/** What an operation of a node does with an item; `P` is what the user set for it, expressions resolved. */
export interface Operation<P extends Settings> {
	action: Action;
	/** @throws Complaint for a choice or an option that is out of range */
	read: (context: IExecuteFunctions, itemIndex: number) => P | Promise<P>;
	endpoint: (parameters: P) => Endpoint;
	/**
	 * JSON of the request; empty where there is none.
	 *
	 * @throws Complaint naming the parameter or the field
	 */
	body: (parameters: P, json: IDataObject) => string;
	/** What an error tells about the item besides its outcome; undefined parameters could not be read. */
	subject: (parameters: P | undefined) => IDataObject;
	/** The output of a call that was done. */
	items: (envelope: Envelope, parameters: P, json: IDataObject) => IDataObject[];
	/** Where an item takes more than one call, or a look at what was answered. A failure of a read never stays unknown. */
	run?: (ready: Ready<P>, call: Caller) => Promise<ItemEnded>;
	/** Where several items can share a call. */
	batch?: Batch<P>;
	/** What makes the document unique, where duplicates are prevented. */
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
	body: string;
	sending: Sending;
	parameters: P;
	unique: Unique | undefined;
}

/** One input item: ready to be sent, or the reason why it cannot be. */
export type Plan<P extends Settings> = { itemIndex: number; json: IDataObject; subject: IDataObject } & ({ ready: Ready<P> } | { failure: ItemFailure });

async function planItem<P extends Settings>(
	context: IExecuteFunctions,
	operation: Operation<P>,
	open: OpenGateway,
	{ json, itemIndex }: { json: IDataObject; itemIndex: number },
): Promise<Plan<P>> {
	const plan = { itemIndex, json, subject: operation.subject(undefined) };
	let kind: HeldKind = 'input';
	try {
		const parameters = await operation.read(context, itemIndex);
		const { sending } = parameters;
		plan.subject = operation.subject(parameters);
		const endpoint = operation.endpoint(parameters);
		const body = operation.body(parameters, json);
		const unique = sending.dryRun ? undefined : operation.unique?.(parameters, body);
		kind = 'credential';
		const gateway = await open(itemIndex, sending);
		return { ...plan, ready: { itemIndex, json, gateway, endpoint, body, sending, parameters, unique } };
	} catch (error) {
		return { ...plan, failure: held(kind, textOf(error)) };
	}
}

/** Checks every item and builds its request; nothing is sent. */
export async function planAll<P extends Settings>(context: IExecuteFunctions, memory: Memory, operation: Operation<P>): Promise<Array<Plan<P>>> {
	const open = openGateway(context, memory);
	const plans: Array<Plan<P>> = [];
	for (const [itemIndex, { json }] of context.getInputData().entries()) plans.push(await planItem(context, operation, open, { json, itemIndex }));
	return plans;
}
