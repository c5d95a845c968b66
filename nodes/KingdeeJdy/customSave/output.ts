import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';

import type { Failure, Outcome } from '../gateway/failures';
import { isRecord, parseForOutput } from '../gateway/json';
import type { Envelope, WireRequest } from '../gateway/types';
import { adviceFor } from '../gateway/advice';
import type { OutputMode } from './readParameters';

/** What a failed item and a thrown error tell besides title and advice. */
interface Details extends IDataObject {
	outcome: Failure['outcome'];
	errcode: number | null;
	requestId: string | null;
	bizType: string | null;
}

function detailsOf(failure: Failure, bizType: string | null): Details {
	return { outcome: failure.outcome, errcode: failure.errcode, requestId: failure.requestId, bizType };
}

/**
 * The inner object of the answer, which nests it twice. What is no object, and an object with a key of n8n's own
 * error items, comes as `{ data }`: n8n would take the latter for a failed item.
 */
function innerData(envelope: Envelope): IDataObject {
	const outer = envelope.data;
	const inner = isRecord(outer) && 'data' in outer ? outer.data : outer;
	const isPlain = isRecord(inner) && !('error' in inner) && !('$error' in inner);
	return (isPlain ? inner : { data: inner }) as IDataObject;
}

/** A saved document as an output item. */
export function savedItem(envelope: Envelope, output: OutputMode, itemIndex: number): INodeExecutionData {
	const json = output === 'data' && !envelope.alreadySaved ? innerData(envelope) : ({ ...envelope } as IDataObject);
	return { json, pairedItem: { item: itemIndex } };
}

/** A document that stands in JDY already and was not sent. */
export function alreadySaved(description: string, deduplicationKey: string): Outcome {
	return { type: 'saved', envelope: { errcode: 0, description, data: null, alreadySaved: true, deduplicationKey } };
}

/** A saved document, in short. */
export interface SavedDocument extends IDataObject {
	itemIndex: number;
	bizType: string;
	/** As far as the answer told it. */
	id: string | null;
}

export function summary(envelope: Envelope, bizType: string, itemIndex: number): SavedDocument {
	const { id } = innerData(envelope);
	return { itemIndex, bizType, id: typeof id === 'string' || typeof id === 'number' ? String(id) : null };
}

/** A document that may stand in JDY. */
export interface UnknownDocument extends IDataObject {
	itemIndex: number;
	bizType: string | null;
}

const MAX_LISTED = 50;

function tellSaved(documents: readonly SavedDocument[]): string {
	if (documents.length === 0) return '';
	const listed = documents.slice(0, MAX_LISTED).map(({ itemIndex, bizType, id }) => `item ${itemIndex} (${bizType}${id === null ? '' : `, ID ${id}`})`);
	const more = documents.length > MAX_LISTED ? `, and ${documents.length - MAX_LISTED} more` : '';
	return ` Saved before, so do not send them again: ${documents.length} document${documents.length === 1 ? '' : 's'}: ${listed.join(', ')}${more}.`;
}

function tellUnknown(documents: readonly UnknownDocument[]): string {
	if (documents.length === 0) return '';
	const listed = documents.map(({ itemIndex, bizType }) => `item ${itemIndex} (${bizType})`);
	return ` Under way at the same time, and may have been saved; look in JDY before you send them again: ${listed.join(', ')}.`;
}

/** What a dry run gives back: the request, masked, with the body as an object to read and as the exact text. */
export function dryRunItem(request: WireRequest, itemIndex: number): INodeExecutionData {
	const { method, url, headers, body } = request;
	const json = { dryRun: true, method, url, headers, body: parseForOutput(body) as IDataObject, bodyText: body };
	return { json, pairedItem: { item: itemIndex } };
}

/**
 * A failed document as an output item. n8n takes an item for failed only while `json` has no key but these three, and
 * adds the input fields itself.
 */
export function failedItem(failure: Failure, bizType: string | null, itemIndex: number): INodeExecutionData {
	const json = { error: failure.message, message: adviceFor(failure), details: detailsOf(failure, bizType) };
	return { json, pairedItem: { item: itemIndex } };
}

/**
 * A failed document as the error that ends the node, with the same details in `context`. The title is set once more
 * because n8n replaces any that contains the name of a network error.
 */
export function failedError(
	node: INode,
	failure: Failure,
	{ bizType, itemIndex, savedBefore, unknown }: { bizType: string | null; itemIndex: number; savedBefore: readonly SavedDocument[]; unknown: UnknownDocument[] },
): Error {
	const { message } = failure;
	const description = `${adviceFor(failure)}${tellSaved(savedBefore)}${tellUnknown(unknown)}`;
	const error =
		failure.kind === 'input' || failure.kind === 'credential'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, { message, errcode: failure.errcode } as JsonObject, {
					message,
					description,
					itemIndex,
					httpCode: String(failure.status ?? ''),
				});
	error.message = message;
	error.messages = [];
	Object.assign(error.context, detailsOf(failure, bizType), { savedCount: savedBefore.length, saved: savedBefore.slice(0, MAX_LISTED), unknown });
	return error;
}
