import type { LookedUpReference, ReferenceKey, ReferenceRow, ReferenceTarget } from '../contract/references';
import { match } from './match';
import type { RowReader, Rows } from './rowReader';

/** Owners that one call names. */
const OWNERS_AT_ONCE = 50;

type Results = Map<ReferenceKey, LookedUpReference>;

/** The same rows with their numbers, which another list has; read only if one is asked for by its number. */
async function numbered(rows: Rows, { numbers }: ReferenceTarget, keys: readonly ReferenceKey[], reader: RowReader): Promise<Rows> {
	if ('failure' in rows || !numbers || keys.every(({ by }) => by !== 'number' && by !== 'nameOrNumber')) return rows;
	const read = await reader.readAll(numbers, {});
	if ('failure' in read) return read;
	const byId = new Map(read.rows.map(({ id, number }) => [id, number]));
	return {
		rows: rows.rows.map((row): ReferenceRow => {
			const number = byId.get(row.id);
			return number === undefined ? row : { ...row, number };
		}),
	};
}

/** What the list does not show may stand elsewhere, as the base unit of a product. */
async function fallBack(target: ReferenceTarget, key: ReferenceKey, reader: RowReader, results: Results): Promise<void> {
	if (!target.fallback) return;
	const rows = await numbered(await reader.readAll(target.fallback, { owners: [key.owner ?? ''] }), target, [key], reader);
	if ('failure' in rows) results.set(key, { type: 'failed', failure: rows.failure });
	else if (match(rows.rows, key).type === 'found') results.set(key, match(rows.rows, key));
}

/** Rows that do not name their owner belong to the one that was asked for; of several, each is asked for by itself. */
async function ofOwners(target: ReferenceTarget, keys: readonly ReferenceKey[], owners: readonly string[], reader: RowReader, results: Results): Promise<void> {
	const read = await reader.readAll(target, { owners });
	const rows = 'failure' in read ? [] : read.rows;
	const isUnclear = owners.length > 1 && (rows.some(({ owner }) => owner === undefined) || owners.some((one) => !rows.some(({ owner }) => owner === one)));
	if (isUnclear && !('failure' in read)) {
		await Promise.all(owners.map(async (owner) => await ofOwners(target, keys.filter((key) => key.owner === owner), [owner], reader, results)));
		return;
	}
	const known = await numbered(read, target, keys, reader);
	for (const key of keys) results.set(key, 'failure' in known ? { type: 'failed', failure: known.failure } : match(known.rows, key));
	await Promise.all(keys.filter((key) => results.get(key)?.type === 'none').map(async (key) => await fallBack(target, key, reader, results)));
}

/** Looks up rows that belong to something: the units of products, the bins of warehouses. */
export async function lookUpOwned(target: ReferenceTarget, keys: readonly ReferenceKey[], reader: RowReader, results: Results): Promise<void> {
	const owners = [...new Set(keys.map(({ owner }) => owner ?? ''))];
	const size = target.list?.takesOwners === true ? OWNERS_AT_ONCE : 1;
	const parts = Array.from({ length: Math.ceil(owners.length / size) }, (_unused, part) => owners.slice(part * size, (part + 1) * size));
	await Promise.all(parts.map(async (part) => await ofOwners(target, keys.filter(({ owner }) => part.includes(owner ?? '')), part, reader, results)));
}
