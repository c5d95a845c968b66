import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';

import { isRecord, parseForOutput } from '../../gateway/json/json';
import type { Envelope, WireRequest } from '../../gateway/types';
import type { Action } from '../contract/action';
import { traitsOfItem } from '../contract/kinds';
import type { DoneFacts, ItemFailure } from '../contract/outcomes';
import { isTool } from '../contract/tool';
import { adviceFor, listed, referenceTo } from './advice';
import { causeFor } from './cause';
import { toolMessage, withoutNetworkCodes } from './toolFailure';

/** What a failed item and a thrown error report besides `message` and `description`. */
function detailsOf({ outcome, errcode, requestId, parts, items, lookedUp }: ItemFailure, subject: IDataObject): IDataObject {
	const looked = lookedUp && ('foundIds' in lookedUp ? { lookedUp: true, foundIds: [...lookedUp.foundIds] } : { lookedUp: false });
	const named = { ...(items && { items: [...items] }), ...(parts && { ids: parts.map((part) => ({ ...part })) }) };
	return { outcome, errcode, requestId, ...subject, ...named, ...looked };
}

/** Keys by which n8n takes an item for a failed one. */
export const KEYS_OF_ERRORS = ['error', '$error', '$json'];

/** Keys by which this package says of an item what JDY did not answer. */
const KEYS_OF_FACTS = ['alreadySaved', 'dataDiffers', 'deduplicationKey', 'lookedUp', 'details', 'dryRun'];

function hasAny(object: Record<string, unknown>, keys: readonly string[]): boolean {
	return keys.some((key) => key in object);
}

/** An object of an answer as the json of an item: n8n must not take it for a failed one. */
function asJson(object: Record<string, unknown>): IDataObject | undefined {
	return hasAny(object, KEYS_OF_ERRORS) ? undefined : (object as IDataObject);
}

/**
 * The inner object of the answer, which nests it twice. What is no object, and what n8n would take for a failed item, is returned
 * as `{ data }`.
 */
export function innerData(envelope: Envelope): IDataObject {
	const outer = envelope.data;
	const inner = isRecord(outer) && 'data' in outer ? outer.data : outer;
	return isRecord(inner) ? rowJson(inner) : ({ data: inner } as IDataObject);
}

/** The whole answer as json; if n8n, or a later node, would mistake keys beside the documented ones, they move under `more`. */
export function envelopeJson(envelope: Envelope, reserved: readonly string[] = []): IDataObject {
	if (!hasAny(envelope, [...KEYS_OF_ERRORS, ...reserved])) return { ...envelope } as IDataObject;
	const { errcode, description, data, ...more } = envelope;
	return { errcode, description, data, more } as IDataObject;
}

/** What this package knows of an item that was done, as json beside the answer. */
function factsJson({ alreadySaved, lookedUp, deduplicationKey }: DoneFacts): IDataObject {
	return {
		...(lookedUp && { lookedUp: true, details: { outcome: 'saved', lookedUp: true, id: lookedUp.id } }),
		...(alreadySaved && { alreadySaved: true }),
		...(deduplicationKey !== undefined && { deduplicationKey }),
		...(alreadySaved?.dataDiffers && { dataDiffers: true }),
	};
}

/** A document that was saved, as the option Output has it: the whole answer, or what was saved. */
export function savedJson(envelope: Envelope, facts: DoneFacts, output: 'envelope' | 'data'): IDataObject {
	// What was not sent has no data of its own: only the envelope says why.
	if (output === 'envelope' || facts.alreadySaved) return { ...envelopeJson(envelope, KEYS_OF_FACTS), ...factsJson(facts) };
	const data = innerData(envelope);
	return hasAny(data, KEYS_OF_FACTS) ? { data } : data;
}

/** What a person wants to know of a saved document, without the wrapping of the answer: its number as far as the answer tells it. */
export function simplifiedSave(envelope: Envelope, { alreadySaved, lookedUp }: DoneFacts): IDataObject {
	const id = documentIdIn(envelope);
	const { id_number_map: numbers } = isRecord(envelope.data) ? envelope.data : {};
	const number = id !== null && isRecord(numbers) ? numbers[id] : undefined;
	return {
		id,
		...(number === undefined ? {} : { number: String(number) }),
		outcome: alreadySaved ? 'alreadySaved' : 'saved',
		...(lookedUp && { lookedUp: true }),
	};
}

/** A row of a list as json. */
export function rowJson(row: Record<string, unknown>): IDataObject {
	return asJson(row) ?? ({ data: row } as IDataObject);
}

/** The ID of what was saved, if the answer names it. */
export function documentIdIn(envelope: Envelope): string | null {
	const { id, ids } = innerData(envelope);
	const [first, ...others] = Array.isArray(ids) ? ids : [];
	const known = id ?? (others.length === 0 ? first : undefined);
	return typeof known === 'string' || typeof known === 'number' ? String(known) : null;
}

/** What became of one item of a run, or of several that make one document, in short, for the error that ends it. */
export interface Mentioned {
	/** At least one, in order. */
	items: readonly number[];
	subject: IDataObject;
	id?: string | null;
}

const MAX_LISTED = 50;

function mention({ items, subject, id }: Mentioned): string {
	const told = [...Object.values(subject), ...(id ? [`ID ${id}`] : [])].filter((text) => text !== null && text !== undefined);
	const named = `${items.length === 1 ? 'item' : 'items'} ${listed(items)}`;
	return told.length === 0 ? named : `${named} (${told.map(String).join(', ')})`;
}

/** One entry for each input item, for programs that read the error. */
function entriesOf(mentioned: readonly Mentioned[]): IDataObject[] {
	return mentioned.flatMap(({ items, subject, id }) => items.map((itemIndex) => ({ itemIndex, ...subject, ...(id === undefined ? {} : { id }) })));
}

function tellDone(documents: readonly Mentioned[], action: Action): string {
	if (documents.length === 0 || action === 'read') return '';
	const noun = action === 'save' ? 'document' : 'item';
	const start = action === 'save' ? 'Saved before, so do not send them again' : 'Done before, so do not run them again';
	const more = documents.length > MAX_LISTED ? `, and ${documents.length - MAX_LISTED} more` : '';
	return ` ${start}: ${documents.length} ${noun}${documents.length === 1 ? '' : 's'}: ${documents.slice(0, MAX_LISTED).map(mention).join(', ')}${more}.`;
}

function tellUnknown(documents: readonly Mentioned[], action: Action): string {
	if (documents.length === 0 || action === 'read') return '';
	const done = action === 'save' ? 'saved; look in JDY before you send them again' : 'done; look in JDY before you run them again';
	return ` Under way at the same time, and may have been ${done}: ${documents.map(mention).join(', ')}.`;
}

/** What a dry run returns: the request, masked, with the body as an object to read and as the exact text. */
export function dryRunItem(request: WireRequest, itemIndex: number): INodeExecutionData {
	const { method, url, headers, body } = request;
	const read = typeof body !== 'string' || body === '' ? {} : { body: parseForOutput(body) as IDataObject };
	const sent = typeof body === 'string' ? { bodyText: body } : { bodyBytes: body.length };
	return { json: { dryRun: true, method, url, headers, ...read, ...sent }, pairedItem: { item: itemIndex } };
}

/** Names the document that a failure is about, if it has a key. */
function naming({ deduplicationKey }: IDataObject): string {
	return deduplicationKey === undefined ? '' : ` Deduplication Key: ${String(deduplicationKey)}.`;
}

const HTTP_OK = 200;

/**
 * A failed call as an output item. `error` is the only key of `json`: before 2.34.6 n8n takes an item with further keys for
 * a success. On its error output n8n adds the input fields itself.
 */
export function failedItem(failure: ItemFailure, subject: IDataObject, itemIndex: number, action: Action): INodeExecutionData {
	const message = traitsOfItem(failure).namesItem ? `Item ${itemIndex}: ${failure.message}` : failure.message;
	const error = { message, description: adviceFor(failure, action), ...detailsOf(failure, subject) };
	return { json: { error }, pairedItem: { item: itemIndex } };
}

/** What n8n's editor shows as "Error code": that of JDY; the HTTP status is used only if it is not 200. */
function shownCode({ errcode, status }: ItemFailure): string {
	return String(errcode || (status === HTTP_OK ? '' : (status ?? '')));
}

/** What the error that ends a run says of the other items. */
interface OtherItems {
	done: readonly Mentioned[];
	unknown: readonly Mentioned[];
}

/**
 * A failed call as the error that ends the node, with the same details in `context`. The title is set once more because
 * n8n replaces any that contains the name of a network error. n8n's editor adds the item.
 */
export function failedError(
	node: INode,
	failure: ItemFailure,
	{ subject, itemIndex, action }: { subject: IDataObject; itemIndex: number; action: Action },
	{ done, unknown }: OtherItems,
): NodeApiError | NodeOperationError {
	const text = `${adviceFor(failure, action)}${referenceTo(failure)}${naming(subject)}${tellDone(done, action)}${tellUnknown(unknown, action)}`;
	const description = isTool(node) ? withoutNetworkCodes(text) : text;
	const message = isTool(node) ? toolMessage(failure, action, description) : failure.message;
	const about = { description, itemIndex, failure: causeFor(failure) };
	const error = traitsOfItem(failure).namesItem
		? new NodeOperationError(node, message, about)
		: new NodeApiError(node, { message, errcode: failure.errcode } as JsonObject, {
				...about,
				message,
				httpCode: shownCode(failure),
			});
	error.message = message;
	error.messages = [];
	const [wordCount, word] = action === 'save' ? ['savedCount', 'saved'] : ['doneCount', 'done'];
	Object.assign(error.context, detailsOf(failure, subject), {
		[wordCount]: done.length,
		[word]: entriesOf(done.slice(0, MAX_LISTED)),
		unknown: entriesOf(unknown.map(({ items, subject: of }) => ({ items, subject: of }))),
	});
	return error;
}
