import { isRecord } from '../../gateway/json/json';
import type { PartialFailure } from '../types';

/** What became of one piece of a call: a document, an ID. `unknown` if the answer does not say. */
export interface Piece {
	outcome: 'saved' | 'rejected' | 'unknown';
	/** In JDY's own words; empty if there are none. */
	message: string;
	/** What the answer has of it. */
	row?: unknown;
}

const UNTOLD: Piece = { outcome: 'unknown', message: '' };

function isTrue(value: unknown): boolean {
	return value === true || value === 1 || (typeof value === 'string' && /^(?:true|1)$/i.test(value.trim()));
}

function isFilled(value: unknown): boolean {
	return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function listOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return isFilled(value) ? [value] : [];
}

/** Every text at a path; lists on the way are meant whole. */
function textsAt(value: unknown, [key, ...rest]: string[]): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => textsAt(entry, [key ?? '', ...rest].filter((part) => part !== '')));
	if (key !== undefined) return isRecord(value) ? textsAt(value[key], rest) : [];
	return isFilled(value) && typeof value !== 'object' ? [String(value)] : [];
}

function messageAt(value: unknown, path: string | undefined): string {
	if (path === undefined) return typeof value === 'string' ? value : '';
	const found = [...new Set(textsAt(value, path.split('.')))].join('; ');
	// Some rows say it beside the list of their errors.
	return found === '' ? textsAt(value, ['message']).join('; ') : found;
}

function keyOf(piece: unknown, key: string): string {
	return isRecord(piece) ? String(piece[key] ?? '') : String(piece ?? '');
}

/** Positions are counted from 0 or from 1; undefined if they do not say which. */
function firstPosition(positions: number[], count: number): 0 | 1 | undefined {
	if (positions.includes(0)) return 0;
	return positions.includes(count) || positions.length === count ? 1 : undefined;
}

type ByRow = Extract<PartialFailure, { by: 'row' }>;
type ByError = Extract<PartialFailure, { by: 'error' }>;

/** The row of each piece, as far as the answer shows which it is. */
function rowsOfPieces(rows: unknown[], pieces: readonly unknown[], { position, key }: ByRow): unknown[] {
	if (key !== undefined) return pieces.map((piece) => rows.find((row) => keyOf(row, key) !== '' && keyOf(row, key) === keyOf(piece, key)));
	const positions =
		position === undefined ? [] : rows.map((row) => (isRecord(row) && isFilled(row[position]) ? Number(row[position]) : Number.NaN));
	const first = firstPosition(positions, pieces.length);
	const areTold =
		positions.length > 0 && positions.every(Number.isInteger) && new Set(positions).size === positions.length && first !== undefined;
	if (areTold) return pieces.map((_piece, index) => rows[positions.indexOf(index + first)]);
	return rows.length === pieces.length ? rows : [];
}

function pieceOfRow(row: unknown, { success, done, message }: ByRow): Piece {
	if (!isRecord(row)) return UNTOLD;
	const text = messageAt(row, message);
	const isDone = success === undefined ? isFilled(row[done ?? '']) : isTrue(row[success]);
	if (isDone) return { outcome: 'saved', message: text, row };
	// Neither done nor refused in words: nobody knows.
	const isTold = success === undefined ? text !== '' : isFilled(row[success]);
	return { outcome: isTold ? 'rejected' : 'unknown', message: text, row };
}

/** Refusals without a position: told apart only if all ended alike. */
function byCount(errors: unknown[], done: unknown[], count: number, message: string | undefined): Piece[] {
	const texts = errors.map((error) => messageAt(error, message)).filter((text) => text !== '');
	const told = texts.join('; ');
	if (errors.length === 0 && done.length === count) return done.map((row) => ({ outcome: 'saved', message: '', row }));
	if (done.length === 0 && errors.length === count) return texts.length === count ? texts.map((text) => ({ outcome: 'rejected', message: text })) : Array.from({ length: count }, () => ({ outcome: 'rejected', message: told }));
	if (done.length === 0 && errors.length > 0 && count === 1) return [{ outcome: 'rejected', message: told }];
	return Array.from({ length: count }, () => ({ outcome: 'unknown', message: told }));
}

function byError(
	data: Record<string, unknown>,
	pieces: readonly unknown[],
	{ errors: errorsKey, done: doneKey, key, message }: ByError,
): Piece[] {
	const [errors, done] = [listOf(data[errorsKey]), listOf(data[doneKey])];
	const keys = key === undefined ? [] : pieces.map((piece) => keyOf(piece, key));
	const areTold = key !== undefined && keys.every((name) => name !== '') && new Set(keys).size === keys.length;
	if (!areTold) return byCount(errors, done, pieces.length, message);
	return keys.map((name): Piece => {
		const error = errors.find((one) => keyOf(one, key) === name);
		if (error !== undefined) return { outcome: 'rejected', message: messageAt(error, message), row: error };
		return done.some((one) => keyOf(one, key) === name) ? { outcome: 'saved', message: '' } : UNTOLD;
	});
}

/**
 * What an answer with errcode 0 says of each piece that was sent [D]: eight calls refuse some or all of them there. Where the
 * answer does not say which were refused, those in doubt are unknown.
 *
 * @param data of the envelope
 * @param pieces what was sent in the parameter that is judged; one for a call that is judged whole
 */
export function piecesOf(partialFailure: PartialFailure, data: unknown, pieces: readonly unknown[]): Piece[] {
	if (!isRecord(data)) return pieces.map(() => UNTOLD);
	switch (partialFailure.by) {
		case 'row':
			return rowsOfPieces(listOf(data[partialFailure.rows]), pieces, partialFailure)
				.concat(pieces.map(() => undefined))
				.slice(0, pieces.length)
				.map((row) => pieceOfRow(row, partialFailure));
		case 'error':
			return byError(data, pieces, partialFailure);
		case 'call': {
			const { success, message } = partialFailure;
			const isTold = isFilled(data[success]);
			const outcome = isTrue(data[success]) ? 'saved' : isTold ? 'rejected' : 'unknown';
			return pieces.map(() => ({ outcome, message: messageAt(data, message ?? 'message') }));
		}
	}
}
