import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { failed } from '../../../gateway/errors/failures';
import { ValidationError } from '../../../gateway/errors/validationError';
import type { Envelope } from '../../../gateway/types';
import type { Caller, DispatchOptions, Operation, PreparedItem, References } from '../../../shared/contract/operation';
import type { DoneFacts, ItemResult } from '../../../shared/contract/outcomes';
import type { FoundReferences, ReferenceKey } from '../../../shared/contract/references';
import { truth } from '../../../shared/parameters/checks';
import { ReferenceFailure } from '../../../shared/references/referenceFailure';
import { parametersFor } from '../../common/nodeParameters';
import { group } from '../saving/group';
import { documentReferencesOf, save, settled } from '../saving/save';
import { readSaving } from '../saving/saving';
import { inTurn } from './inTurn';
import { keyOf, readMatch } from './match';
import type { Upserting } from './upserting';
import { otherFields } from './otherFields';

const MAX_NAMED = 20;

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Upserting> {
	const saving = await readSaving(context, itemIndex);
	const keepOtherFields = truth(saving.options.keepOtherFields ?? false, 'Keep Other Fields');
	return { ...saving, match: readMatch(parametersFor(context, itemIndex), saving), keepOtherFields };
}

/** @throws ReferenceFailure if JDY could not be read, ValidationError for several that fit */
function foundId(key: ReferenceKey, found: FoundReferences): string | undefined {
	const result = found.get(key);
	if (result?.type === 'failed') throw new ReferenceFailure('documents', result.failure);
	if (result?.type === 'several') {
		const names = result.rows.map(({ number, id }) => number ?? id).join(', ');
		throw new ValidationError('Match By', `"${key.value}" fits ${result.rows.length} of them in JDY, ${names}; match by something that only one has`);
	}
	return result?.type === 'found' || result?.type === 'disabled' ? result.row.id : undefined;
}

/** What the document refers to, and the document itself, which is looked for in JDY. */
async function references(upserting: Upserting): Promise<References<Upserting>> {
	const inside = await documentReferencesOf(upserting);
	const key = keyOf(upserting, upserting.match);
	return {
		keys: (found) => [key, ...(inside?.keys(found) ?? [])],
		resolve: (found) => {
			const id = foundId(key, found);
			const { given } = inside ? inside.resolve(found) : upserting;
			const document = id === undefined ? given : { ...given, id };
			return { ...upserting, given: document, hasId: id !== undefined || upserting.hasId, found: { key, id } };
		},
	};
}

/** What was done with a document whose answer was lost and that was found afterwards. */
const actions = new WeakMap<Upserting, 'created' | 'updated'>();

async function run(prepared: PreparedItem<Upserting>, call: Caller, options: DispatchOptions): Promise<ItemResult> {
	return await inTurn(prepared, options, async (earlierId) => {
		const { parameters } = prepared;
		const id = earlierId ?? parameters.found?.id;
		const action = id === undefined ? 'created' : 'updated';
		actions.set(parameters, action);
		const kept = id !== undefined && parameters.keepOtherFields ? await otherFields(id, parameters, call) : { values: {} };
		if ('failure' in kept) return failed(kept.failure);
		const isAsPlanned = id === parameters.found?.id && Object.keys(kept.values).length === 0;
		const sent = isAsPlanned ? parameters : { ...parameters, hasId: true, given: { ...kept.values, ...parameters.given, id } };
		const request = isAsPlanned ? prepared : { ...prepared, parameters: sent, endpoint: save.endpoint(sent), body: save.body(sent, prepared.json) };
		const result = settled(await call(request.endpoint, request.body), sent);
		return result.type === 'done' ? { ...result, action } : result;
	});
}

function rowOf(envelope: Envelope, upserting: Upserting, input: IDataObject, facts: DoneFacts): IDataObject {
	const [row = {}] = save.items(envelope, upserting, input, facts);
	const action = facts.action ?? (facts.lookedUp ? actions.get(upserting) : undefined);
	return action === undefined ? row : { action, ...row };
}

/** JDY does not say what becomes of fields that an update leaves out [?]. */
function updateHint(all: readonly Upserting[]): string[] {
	const updates = all.filter(({ found, keepOtherFields }) => found?.id !== undefined && !keepOtherFields);
	if (updates.length === 0) return [];
	const names = [...new Set(updates.flatMap(({ given }) => Object.keys(given)))].filter((name) => name !== 'id');
	const documents = updates.length === 1 ? '1 document exists and is updated' : `${updates.length} documents exist and are updated`;
	return [`${documents} with ${names.slice(0, MAX_NAMED).join(', ')}${names.length > MAX_NAMED ? ', …' : ''}. JDY does not document whether fields that are not sent keep their values; the option Keep Other Fields sends them as well`];
}

/** Saves a document: the one in JDY that fits is changed, and a new one is made if none does. */
export const upsert: Operation<Upserting> = {
	...save,
	read,
	group: { ...group, merge: async (items, call) => ({ ...items[0].parameters, ...(await group.merge(items, call)) }) },
	references,
	run,
	hints: (all) => [...(save.hints?.(all) ?? []), ...updateHint(all)],
	items: (envelope, upserting, json, facts) => [rowOf(envelope, upserting, json, facts)],
};
