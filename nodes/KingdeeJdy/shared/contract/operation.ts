import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../../gateway/call';
import type { CallResult } from '../../gateway/errors/failures';
import type { Body, Endpoint, Envelope } from '../../gateway/types';
import type { FoundReferences, ReferenceKey } from './references';
import type { Action } from './action';
import type { DoneFacts, ItemFailure, ItemResult } from './outcomes';
import type { DocumentSearch, LookUpResult } from './search';
import type { AccountChoice, Sending } from './sending';

/** What makes a document unique, as its operation knows it. */
export interface DocumentKey {
	/** The type of the document. */
	type: string;
	/** The key as the user knows it. */
	key: string;
	/** A digest of the document: equal for equal data, however it is written. */
	digest: string;
	/** Whether to send it although an earlier run may have. */
	resendUnknown: boolean;
	/** Whether the user has found it in JDY if an earlier run may have saved it. @default false */
	takesUnknownAsSaved?: boolean;
	/** What would let this package look for it; undefined if it does, or cannot. */
	lookUpAdvice?: string;
	/** Whether JDY itself refuses a second document with this key, or takes one with the same data for the first. */
	isChecked?: boolean;
	/** How the document is found in JDY if its outcome is unknown; undefined if nobody looks. */
	search: DocumentSearch | undefined;
}

/** What makes a document unique for the duplicate guard. */
export interface Deduplication extends DocumentKey {
	/** The key, the type of the document and its account as one text. */
	mark: string;
	/** What earlier builds may have called the same. */
	earlierMarks: readonly string[];
	/** What names the account: equal for the same one. */
	account: string;
}

/** What every operation reads for an item, whatever else it does. */
export interface Settings {
	sending: Sending;
	/** Whether the fields of the input item stand beside those of the output. @default false */
	includeInput?: boolean;
}

/** Makes one call for an item, with its options, until the run is stopped or the account's credentials are refused. */
export type Caller = (endpoint: Endpoint, body: Body) => Promise<CallResult>;

/** How the items of a run are sent. */
export interface DispatchOptions {
	/** Calls in flight for one account at most, those of one item counted one by one. */
	concurrency: number;
	/** Whether the first failure ends the run. */
	stopsAtFailure: boolean;
}

/** Looks for the document of one item by a number of its own. */
export type Finder = (call: Caller) => Promise<LookUpResult>;

/** By what documents are named in a call: their IDs, or the numbers that people see. */
export type IdKind = 'id' | 'number';

/** What a document refers to by numbers, names and barcodes, which JDY takes by ID. */
export interface References<P extends Settings> {
	/** What is to be looked up, as far as it can be said from what was found. */
	keys: (found: FoundReferences) => ReferenceKey[];
	/**
	 * The parameters with IDs.
	 *
	 * @throws ReferenceFailure if something could not be looked up, ValidationError naming everything that was not found
	 */
	resolve: (found: FoundReferences) => P;
}

/** Operations on IDs, where one call can do several of them. Items of such an operation have no `unique`. */
export interface Batch<P extends Settings> {
	/** Items share a call where this is equal, beside their account and their options. */
	group: (parameters: P) => string;
	/** What the item asks for, each once. */
	ids: (parameters: P) => readonly string[];
	/** Whether these are IDs or numbers; the same for all items of a group. */
	by: (parameters: P) => IdKind;
	/** The JSON of the request for some of the IDs of a group. */
	body: (parameters: P, ids: readonly string[]) => string;
	/** Whether its answers are documented to name what was done; otherwise silence speaks for an ID that was sent alone. */
	isDocumented?: boolean;
}

/** An item as it came into the node. */
export interface InputItem {
	itemIndex: number;
	json: IDataObject;
}

/** An input item, and what the user set for it. */
export interface ReadItem<P extends Settings> extends InputItem {
	parameters: P;
}

/** What tells the document of an item from those of other items of its account. */
export interface GroupIdentity {
	/** What may use the same values for other documents: the type. */
	kind: string;
	/** What the items of one document share. */
	value: string;
}

/** What can be read of an item that cannot be read as a whole, so that the documents it may belong to do not go out without it. */
export interface GroupTrace {
	/** Undefined if it cannot be read: then it may be any. */
	kind: string | undefined;
	/**
	 * Whether the item may share this value; undefined if it has none, as a row of a sheet that names its order in the rows
	 * above only.
	 */
	mayShare: ((value: string) => boolean) | undefined;
	/** Undefined if it cannot be read: then it may be any. */
	account: AccountChoice | undefined;
}

/** How several items make one document, with one outcome for all of them. */
export interface Grouping<P extends Settings> {
	/** Undefined if the item makes a document of its own. */
	identify: (parameters: P) => GroupIdentity | undefined;
	/** Undefined if the item makes, or would make, a document of its own. */
	trace: (context: IExecuteFunctions, itemIndex: number) => Promise<GroupTrace | undefined>;
	/**
	 * What is sent for all of them.
	 *
	 * @param items at least one, in order
	 * @param call reads what it takes to know where a field belongs; one function for each account of a run
	 * @throws ValidationError if they cannot be one document
	 */
	merge: (items: NonEmpty<ReadItem<P>>, call: Caller) => Promise<P>;
}

export type NonEmpty<T> = readonly [T, ...T[]];

/** What an operation of a node does with an item; `P` is what the user set for it, expressions resolved. */
export interface Operation<P extends Settings> {
	action: Action;
	/** @throws ValidationError for a choice or an option that is out of range */
	read: (context: IExecuteFunctions, itemIndex: number) => P | Promise<P>;
	/** Whether an input item is none: an empty row of a sheet. */
	skips?: (context: IExecuteFunctions, itemIndex: number) => boolean | Promise<boolean>;
	group?: Grouping<P>;
	/** What is looked up before a request is made; undefined if nothing is. */
	references?: (parameters: P) => Promise<References<P> | undefined>;
	endpoint: (parameters: P) => Endpoint;
	/**
	 * JSON of the request; empty if there is none.
	 *
	 * @throws ValidationError naming the parameter or the field
	 */
	body: (parameters: P, json: IDataObject) => Body;
	/** What an error tells about the item besides its outcome; undefined parameters could not be read. */
	subject: (parameters: P | undefined) => IDataObject;
	/** The output of a call that was done; `facts` are what this package knows of it beside the answer. */
	items: (envelope: Envelope, parameters: P, json: IDataObject, facts: DoneFacts) => IDataObject[];
	/** Where an item takes more than one call, or a look at what was answered. A failure of a read never stays unknown. */
	run?: (prepared: PreparedItem<P>, call: Caller, options: DispatchOptions) => Promise<ItemResult>;
	/** What must not be done twice in a run, for an operation that makes something new of IDs: the kind of it, and the IDs. */
	once?: (parameters: P) => { kind: string; ids: readonly string[] };
	/** Where several items can share a call. */
	batch?: Batch<P>;
	/** What makes the document unique, where duplicates are prevented; files have nothing that does. */
	deduplication?: (parameters: P, body: string) => DocumentKey | undefined;
	/** How the document is found in JDY if its outcome is unknown, by a number that no other of its type has. */
	finder?: (parameters: P) => Finder | undefined;
	/** What stands beside the request where it is only shown. */
	preview?: (parameters: P) => IDataObject;
	/** What the user is told of a run, before it is sent. */
	hints?: (parameters: readonly P[]) => string[];
	/** How the input items of a read that found nothing can be kept, for the hint that names them. */
	whenNothing?: string;
	/** What the user is told of an item that was done, beside its output. */
	notice?: (envelope: Envelope, parameters: P) => string | undefined;
	/** Of a list: how many rows are wanted at most; undefined for all of them. */
	rowLimit?: (parameters: P) => number | undefined;
}

/** An item that may be sent. */
export interface PreparedItem<P extends Settings = Settings> extends InputItem {
	/** All input items that it is made of, in order; the first of them is the item itself. */
	members: readonly InputItem[];
	gateway: Gateway;
	endpoint: Endpoint;
	body: Body;
	sending: Sending;
	parameters: P;
	deduplication: Deduplication | undefined;
	finder?: Finder | undefined;
	/** Forgets what was remembered of what the document refers to. */
	forgetReferences?: (() => void) | undefined;
}

/** What is sent for one input item, or for several that make one document: ready to be sent, or why it cannot be. */
export type ItemPlan<P extends Settings> = InputItem & {
	/** As in `PreparedItem`. */
	members: readonly InputItem[];
	subject: IDataObject;
} & ({ prepared: PreparedItem<P> } | { failure: ItemFailure });
