import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { wrapped } from '../../../catalogue/documentShape';
import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { readValues } from '../../../catalogue/encoding/values';
import type { Values } from '../../../catalogue/encoding/values';
import { inDoubt } from '../../../gateway/errors/failures';
import { ValidationError } from '../../../gateway/errors/validationError';
import { canonicalJson, stringify } from '../../../gateway/json/json';
import type { Endpoint, Envelope } from '../../../gateway/types';
import type { Operation, References } from '../../../shared/contract/operation';
import type { DoneFacts, ItemResult } from '../../../shared/contract/outcomes';
import { checkOwnId } from '../../../shared/parameters/ownId';
import { savedJson, simplifiedSave } from '../../../shared/results/output';
import { leftOutHint, missingHint, hintAtSentAsGiven, hintAtUnknown } from '../../common/hints';
import { resultOfWrite } from '../../common/partialFailure';
import { referencesOf } from '../../common/references';
import { recordSubjectOf } from '../type';
import { group } from './group';
import { saysKeyExists, withKey } from './ownKey';
import { finderOf } from './ownNumber';
import { isUpdate, readSaving } from './saving';
import type { Saving } from './saving';

interface Written {
	document: Values;
	body: Values;
	/** Whether JDY itself refuses a second document with the key. */
	isChecked: boolean;
	/** Names of what JDY documents as required and the document lacks. */
	missing: readonly string[];
	/** Names of empty fields that were left out of a document that exists. */
	leftOut: readonly string[];
}

const written = new WeakMap<Saving, Written>();

/** @throws ValidationError naming the first field that is surely wrong, otherwise all that are missing if they are to be refused */
function write(saving: Saving): Written {
	const { shape, given, hasId, call, key, timeZone, emptyFields } = saving;
	if (hasId) checkOwnId({ id: given.id });
	const { values, unknown, asGiven, missing, leftOut } = readValues(shape.parameters, given, { timeZone, emptyFields, missing: saving.missing, references: saving.references });
	if (Object.keys(values).length === 0) throw new ValidationError('Fields', 'must have at least one field');
	hintAtUnknown(saving, unknown, shape.parameters);
	hintAtSentAsGiven(saving, asGiven);
	const field = call.idempotency?.at(-1);
	const isKeyed = field !== undefined && key !== undefined && !isUpdate(values);
	const { document, isChecked } = isKeyed ? withKey(values, field, key) : { document: values, isChecked: false };
	return { document, body: wrapped(document, shape), isChecked, missing, leftOut: isUpdate(document) ? leftOut : [] };
}

function writtenOf(saving: Saving): Written {
	const known = written.get(saving) ?? write(saving);
	written.set(saving, known);
	return known;
}

function endpointOf(saving: Saving): Endpoint {
	const { method, path, effect } = saving.call;
	return { method, path, effect, ...(writtenOf(saving).isChecked ? { idempotent: true } : {}) };
}

/** What an answer comes to: errcode 0 may hide a refusal, and a refusal may mean that the document is there already. */
export function settled(ended: ItemResult, saving: Saving): ItemResult {
	const { document, body, isChecked } = writtenOf(saving);
	const { key, call } = saving;
	const told = ended.type === 'done' ? inDoubt(resultOfWrite(ended.envelope, call, body), ended.isAgain === true) : ended;
	const field = call.idempotency?.at(-1);
	if (told.type === 'done' || !isChecked || key === undefined || field === undefined || !saysKeyExists(told.failure, field, key, document)) {
		return told;
	}
	const envelope = { errcode: 0, description: 'already saved: JDY knows this key', data: null };
	return { type: 'done', envelope, alreadySaved: { dataDiffers: false }, deduplicationKey: key };
}

/** The number that the document was given; what was saved before with other data may have another. */
function givenNumber(saving: Saving, { alreadySaved }: DoneFacts): IDataObject {
	const { document } = writtenOf(saving);
	const number = alreadySaved?.dataDiffers ? undefined : [document.number, document.bill_no].find((value) => !isNothing(value));
	return number === undefined ? {} : { number: String(number) };
}

function savedBefore({ alreadySaved }: DoneFacts): IDataObject {
	return { ...(alreadySaved && { alreadySaved: true }), ...(alreadySaved?.dataDiffers && { dataDiffers: true }) };
}

function rowOf(envelope: Envelope, saving: Saving, facts: DoneFacts): IDataObject {
	const { output, type, key } = saving;
	if (output !== 'simplified') return savedJson(envelope, facts, output);
	const saved = simplifiedSave(envelope, facts);
	const number = saved.number === undefined ? givenNumber(saving, facts) : {};
	const { id, ...rest } = saved;
	return { id, ...number, ...rest, type: type.value, ...(key === undefined ? {} : { deduplicationKey: key }), ...savedBefore(facts) };
}

/** What the document refers to by numbers, names and barcodes. */
export async function documentReferencesOf(saving: Saving): Promise<References<Saving> | undefined> {
	return await referencesOf(saving, saving.shape.parameters, saving.given, (given) => ({ ...saving, given }));
}

/** Saves a document: new without an ID, changed with one. */
export const save: Operation<Saving> = {
	action: 'save',
	read: readSaving,
	group,
	references: documentReferencesOf,
	endpoint: endpointOf,
	body: (saving) => stringify(writtenOf(saving).body),
	subject: (saving) => ({ ...recordSubjectOf(saving), ...(saving?.key === undefined ? {} : { deduplicationKey: saving.key }) }),
	run: async ({ endpoint, body, parameters }, call) => settled(await call(endpoint, body), parameters),
	hints: (savings) => {
		const all = savings.map(writtenOf);
		return [...missingHint(all.map(({ missing }) => missing)), ...leftOutHint(all.map(({ leftOut }) => leftOut))];
	},
	items: (envelope, saving, _json, facts) => [rowOf(envelope, saving, facts)],
	finder: (saving) => finderOf(saving, writtenOf(saving).document),
	deduplication: (saving, body) => {
		const { key, type } = saving;
		if (key === undefined) return undefined;
		const digest = createHash('sha256').update(canonicalJson(body)).digest('base64');
		const { resendUnknown, takesUnknownAsSaved } = saving;
		return {
			type: type.value,
			key,
			digest,
			resendUnknown,
			takesUnknownAsSaved,
			isChecked: writtenOf(saving).isChecked,
			search: undefined,
		};
	},
};
