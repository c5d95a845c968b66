import type { ChineseTerms } from './labels/chinese';

/** The shapes of the catalogue: first as its files have them, then as its readers get them. */

/** What a call is for. `cust` are the calls of custom documents, `read` answers one object instead of rows. */
export type Kind = 'list' | 'detail' | 'save' | 'report' | 'read' | 'action' | 'upload' | 'delete' | 'cust';

/** `array` has elements of no documented type, `map` is custom fields by their keys, `object` and `list` have fields (an `object` of `cust` has none). */
export type ParameterType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'map' | 'object' | 'list' | 'file';

/**
 * How a text writes a moment: `yyyy-MM-dd`, `yyyy-MM-dd HH:mm:ss`, epoch milliseconds as text, an accounting
 * period `yyyyMM`. `timestamp` is a number whose unit JDY does not document: hand it through as it is.
 */
export type Format = 'date' | 'dateTime' | 'ms' | 'period' | 'timestamp';

/** What can be done with a type of documents or master data. */
export type RecordOperation = 'getMany' | 'get' | 'save' | 'audit' | 'unaudit' | 'delete' | 'close' | 'pushDown';

/** Values and their labels, by the name that parameters use for them. */
export type OptionSets = Record<string, Record<string, string>>;

/** Parameters as a file has them: a notation (see `notation.ts`), or an entry with fields of its own. */
export interface Written {
	[wireName: string]: string | WrittenEntry;
}

export interface WrittenEntry {
	/** The notation of the entry itself. */
	type: string;
	oneOf?: string[][];
	fields: Written;
}

/**
 * What an answer with errcode 0 may hide; every name is a key below `data`, `input` is the parameter that is judged.
 * `row`: one row of `rows` for each piece of `input`, in its order or named by `position` or by `key`; a row is done when
 * `success` is true, or when it has `done`. `error`: only refusals are listed in `errors`, told apart by `key` or not at
 * all, and `done` lists what was done. `call`: `success` speaks for the whole call.
 */
export type PartialFailure =
	| { by: 'row'; input: string; rows: string; position?: string; key?: string; success?: string; done?: string; message: string }
	| { by: 'error'; input: string; errors: string; key?: string; message?: string; done: string }
	| { by: 'call'; success: string; message?: string };

export interface WrittenCall {
	kind: Kind;
	/** The record type it belongs to. */
	type?: string;
	/** Left out if it follows from the type and the kind. */
	name?: string;
	nameZh?: string;
	/** Left out if it follows from method and kind. */
	effect?: 'read' | 'write';
	answer?: { rows?: string; total?: string };
	/** The parameters that filter by the time of the last change, and of creation: from, until. */
	changed?: [string, string];
	created?: [string, string];
	firstPage?: number;
	multipart?: boolean;
	partialFailure?: PartialFailure;
	idempotency?: string;
	encrypted?: string[];
	/** Parameters of which one must be given, whichever it is; `required` of a single one of them is then void. */
	oneOf?: string[][];
	parameters: Written;
}

export interface WrittenType {
	name: string;
	nameZh: string;
	/** What `sys/common_operate` and `sys/custom_mult_field` call it. */
	entity?: string;
	operations?: RecordOperation[];
	/** Its list is a report as well. */
	report?: boolean;
}

export interface Module {
	types: Record<string, WrittenType>;
	calls: Record<string, WrittenCall>;
}

/** Where the page goes, and how far. */
export interface Paging {
	/** The parameter of the page, as it is named on the wire (`page_data.page` is one name). */
	page: string;
	/** Missing if the page has one size. */
	pageSize?: string;
	/** Of the two, for writing them in their type. */
	type: 'string' | 'integer';
	first: number;
	/** JDY cuts larger pages to this size without a word while it counts its pages by the size that was asked for. */
	largest: number;
}

/** A documented call. Its `method`, `path` and `effect` are what the gateway needs of it. */
export interface Call {
	/** `POST /jdy/v2/scm/sal_order`. */
	id: string;
	method: 'GET' | 'POST' | 'DELETE';
	/** With `/jdy/v2/`. */
	path: string;
	effect: 'read' | 'write';
	kind: Kind;
	name: string;
	nameZh: string;
	/** Value of the record type it belongs to. */
	type?: string;
	/** Keys from `data` to the rows of the answer; missing if the answer has none. */
	rows?: string[];
	/** Key of `data` that says how many rows there are in all, as number or text. */
	total?: string;
	/** Missing if the call does not page. */
	paging?: Paging;
	changed?: { from: string; until: string };
	created?: { from: string; until: string };
	partialFailure?: PartialFailure;
	/** Keys to the field that JDY itself checks for duplicates; the first may be the name of a list. */
	idempotency?: string[];
	/** Keys to the encrypted fields of a row, or of `data` where there are no rows; lists on the way are meant whole. */
	encrypted: string[][];
	/** It is sent as `multipart/form-data`, and answers `errorCode` and `message` instead of errcode and description. */
	multipart: boolean;
	/** For `parametersOf`. */
	source: { call: WrittenCall; options: OptionSets; chinese: ChineseTerms };
}

/** A type of documents or master data. */
export interface RecordType {
	/** Path of its list, without a list that of its detail or save, without `/jdy/v2/`. */
	value: string;
	name: string;
	nameZh: string;
	entity?: string;
	operations: RecordOperation[];
	report: boolean;
	list?: Call;
	detail?: Call;
	save?: Call;
	/** What else is documented for it, e.g. the cancellation of purchase orders. */
	others: Call[];
}

export interface Option {
	value: string;
	label: string;
}

/** What a parameter refers to: a row of master data, a document, or something that cannot be looked up. */
export interface Reference {
	/** What is referred to, e.g. `customer`; undefined for the ID or number of the document itself and the like. */
	to?: string;
	/** Whether it names the very document, row or entry that the call is about. */
	isOwn: boolean;
	holds: 'id' | 'number';
	/** Whether the documentation leaves no doubt of it. */
	isSure: boolean;
	/** Whether it is a text that takes several, with commas between. */
	isCommaList: boolean;
	/** Of a region: 1 province, 2 city, 3 district. */
	level?: number;
	/** What it depends on: the parameter that names it, beside it or (`^`) around it, or the ID of a fixed group. */
	of?: { parameter: string } | { group: string };
}

/** A kind of master data as the file has it: how its rows are read. */
export interface WrittenTarget {
	zh: string;
	/** Path of the list, without `/jdy/v2/`. */
	list?: string;
	/** Path of the detail, if that takes a number. */
	detail?: string;
	/** Name of the rows, if they stand in a detail. */
	rows?: string;
	/** Name of the ID in a row; left out if it is `id`. */
	id?: string;
	/** Name of the ID where there is none of the first name. */
	otherwise?: string;
	number?: string;
	name?: string;
	barcode?: string;
	enabled?: string;
	/** Name of the ID of what a row belongs to. */
	owner?: string;
	/** Of a tree: the ID of the row above, the rows below, how deep a row stands. */
	parent?: string;
	children?: string;
	level?: string;
	/** Parameter of the list that takes the owner. */
	scope?: string;
	/** Whether the list takes several owners at once. */
	several?: boolean;
	/** The target whose rows have the numbers, by the same IDs. */
	numbers?: string;
	/** The target that has rows which the list may not show. */
	fallback?: string;
	/** Whether the list can be searched by name. */
	search?: boolean;
	/** Fields that may fill others of a document. */
	fields?: string[];
	/** Whether its rows are few. */
	small?: boolean;
}

export interface Parameter {
	/** On the wire; a dot belongs to the name. */
	name: string;
	label: string;
	/** The short term of the documentation, e.g. 客户 for `customer_id` and 客户编码 for `customer_number`. */
	labelZh: string;
	type: ParameterType;
	/** As documented. With `alternatives`, one of them or this one is enough. */
	required: boolean;
	alternatives: string[];
	format?: Format;
	/** Only its name or its label says that it is a moment, or a documented example is none: see `writeMoment`. */
	isGuessed?: boolean | undefined;
	options?: Option[];
	/** Of an ID or a number. */
	reference?: Reference;
	/** Of an `object` or of the rows of a `list`. */
	fields?: Parameter[];
}
