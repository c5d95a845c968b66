import { accountOf } from '../../../gateway/credential/credential';
import { failed } from '../../../gateway/errors/failures';
import type { DispatchOptions, PreparedItem } from '../../../shared/contract/operation';
import { localFailure } from '../../../shared/contract/outcomes';
import type { ItemResult } from '../../../shared/contract/outcomes';
import { textOfKey } from '../../../shared/references/keyText';
import { documentIdIn } from '../../../shared/results/output';
import type { Upserting } from './upserting';

/** The documents of a run that are being saved, by what they are matched by. */
const runs = new WeakMap<DispatchOptions, Map<string, Promise<ItemResult>>>();

/** What to do after an earlier item for the same document. */
function after(earlier: ItemResult, { key, id }: NonNullable<Upserting['found']>): { id: string | undefined } | { failure: ItemResult } {
	if (earlier.type === 'done') {
		const made = id ?? documentIdIn(earlier.envelope);
		if (made !== null) return { id: made };
		const message = `An earlier item has made the document of "${key.value}", but JDY did not tell its ID, so that it cannot be updated`;
		return { failure: failed(localFailure('input', message)) };
	}
	if (earlier.failure.outcome !== 'unknown' || id !== undefined) return { id };
	const message = `An earlier item may have made the document of "${key.value}": its outcome is unknown. Look in JDY before you run this item again`;
	return { failure: failed(localFailure('unknownEarlier', message)) };
}

/**
 * Saves the documents of items that match the same one after the other: what the first has made, the second updates.
 *
 * @param save gets the ID that an earlier item of the run has made, if there is one
 */
export async function inTurn(prepared: PreparedItem<Upserting>, run: DispatchOptions, save: (id: string | undefined) => Promise<ItemResult>): Promise<ItemResult> {
	const { found } = prepared.parameters;
	if (!found) return await save(undefined);
	const saved = runs.get(run) ?? new Map<string, Promise<ItemResult>>();
	runs.set(run, saved);
	const name = accountOf(prepared.gateway.credential) + textOfKey(found.key);
	const earlier = saved.get(name);
	const own = (async () => {
		if (!earlier) return await save(undefined);
		const next = after(await earlier, found);
		return 'failure' in next ? next.failure : await save(next.id);
	})();
	saved.set(name, own);
	return await own;
}
