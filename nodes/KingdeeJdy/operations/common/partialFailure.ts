import type { Values } from '../../catalogue/encoding/values';
import { piecesOf } from '../../catalogue/responses/partialFailures';
import type { Piece } from '../../catalogue/responses/partialFailures';
import type { Call } from '../../catalogue/types';
import { failed } from '../../gateway/errors/failures';
import type { Envelope } from '../../gateway/types';
import { contradiction } from '../../shared/batching/batchResponse';
import { unusableAnswer, worstOf } from '../../shared/contract/outcomes';
import type { ItemFailure, ItemResult, Part } from '../../shared/contract/outcomes';

const REFUSED = 'JDY refused it without a reason';
const UNTOLD = 'The answer does not say whether this was done';

/** What was sent in the parameter that an answer judges piece by piece; the whole call if it judges that. */
function sentPieces({ partialFailure }: Call, values: Values): unknown[] {
	const input = partialFailure && partialFailure.by !== 'call' ? values[partialFailure.input] : values;
	return Array.isArray(input) ? input : [input];
}

function failureOf({ outcome, message }: Piece): ItemFailure {
	if (outcome === 'rejected') return unusableAnswer('refusedWithin', message === '' ? REFUSED : message);
	return unusableAnswer('unconfirmed', message === '' ? UNTOLD : `${UNTOLD}: ${message}`, 'unknown');
}

function partOf(piece: Piece, index: number, sent: unknown): Part {
	const id = typeof sent === 'string' ? sent : `${index}`;
	const { outcome, message } = piece;
	return { id, outcome: outcome === 'saved' ? 'done' : outcome, ...(message === '' ? {} : { message }) };
}

/**
 * What an answer with errcode 0 comes to if it may hide refusals: done only if every piece is. Of several pieces each is
 * reported with its own outcome, by its ID or by its position from 0. Other writes are done unless the answer denies it.
 */
export function resultOfWrite(envelope: Envelope, call: Call, values: Values): ItemResult {
	if (!call.partialFailure) {
		// A custom document may have a field of such a name.
		const denied = call.effect === 'write' && call.kind !== 'cust' ? contradiction(envelope) : undefined;
		return denied ? failed(denied) : { type: 'done', envelope };
	}
	const sent = sentPieces(call, values);
	const pieces = piecesOf(call.partialFailure, envelope.data, sent);
	const worst = worstOf(pieces);
	if (!worst) return { type: 'done', envelope };
	const failure = failureOf(worst);
	if (pieces.length === 1) return failed(failure);
	const parts = pieces.map((piece, index) => partOf(piece, index, sent[index]));
	const done = parts.filter(({ outcome }) => outcome === 'done').length;
	return { type: 'failed', failure: { ...failure, message: `${done} of ${parts.length} are done; ${failure.message}`, parts } };
}
