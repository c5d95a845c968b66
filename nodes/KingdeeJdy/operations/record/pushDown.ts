import type { IExecuteFunctions } from 'n8n-workflow';

import { typeByPath } from '../../catalogue/catalogue';
import type { RecordType } from '../../catalogue/types';
import { failed } from '../../gateway/errors/failures';
import type { CallResult } from '../../gateway/errors/failures';
import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import type { Endpoint, Envelope } from '../../gateway/types';
import { contradiction } from '../../shared/batching/batchResponse';
import type { Caller, Operation, PreparedItem } from '../../shared/contract/operation';
import { localFailure, unusableAnswer, worstOf } from '../../shared/contract/outcomes';
import type { ItemFailure, ItemResult, Part } from '../../shared/contract/outcomes';
import { truth } from '../../shared/parameters/checks';
import { envelopeJson } from '../../shared/results/output';
import { parametersFor, readKeys, readLocator, readSettings } from '../common/nodeParameters';
import type { NodeParameters, StandardSettings } from '../common/nodeParameters';
import { readType, recordSubjectOf } from './type';

const ENDPOINT: Endpoint = { method: 'POST', path: '/jdy/v2/sys/bill_push', effect: 'write' };

interface Pushing extends StandardSettings {
	type: RecordType;
	source: string;
	target: string;
	keys: string[];
	isMerged: boolean;
}

/** What the target is called on the wire: that of a type of the catalogue, or the code itself. */
async function readTarget(parameters: NodeParameters): Promise<string> {
	const target = readLocator(parameters, 'targetType', 'Target Type');
	if (target === '') throw new ValidationError('Target Type', 'must not be empty');
	const entity = (await typeByPath(target))?.entity;
	if (entity === undefined && target.includes('/')) throw new ValidationError('Target Type', `"${target}" has no code for this operation`);
	return entity ?? target;
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Pushing> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'pushDown');
	const source = type.entity;
	if (source === undefined) throw new ValidationError('Type', `${type.name} has no code for this operation`);
	const keys = readKeys(parameters, 'keys', 'IDs');
	return {
		...settings,
		type,
		source,
		target: await readTarget(parameters),
		keys,
		isMerged: truth(parameters.read('mergePush', false), 'Merge'),
	};
}

/** Writes `{ id, source_bill, target_bill, merge_push }` [D]. */
function bodyOf({ source, target, isMerged }: Pushing, id: string): string {
	return JSON.stringify({ id, source_bill: source, target_bill: target, ...(isMerged ? { merge_push: true } : {}) });
}

/** The calls of an item: one for each ID, or one for all of them. */
function callsOf({ keys, isMerged }: Pushing): string[] {
	return isMerged ? [keys.join(',')] : keys;
}

/** Every new document has an ID; an answer without one does not say that any was made. */
function confirmed(ended: CallResult): ItemResult {
	if (ended.type === 'failed') return ended;
	const denied = contradiction(ended.envelope);
	if (denied) return failed(denied);
	const { data } = ended.envelope;
	const ids = isRecord(data) ? data.ids : undefined;
	const hasIds = Array.isArray(ids) ? ids.length > 0 : typeof ids === 'string' && ids !== '';
	return hasIds ? ended : failed(unusableAnswer('unconfirmed', 'The answer names no new document', 'unknown'));
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [value];
}

/** The answers of several calls as one. */
function together(envelopes: Envelope[]): Envelope {
	const data = envelopes.map((envelope) => (isRecord(envelope.data) ? envelope.data : {}));
	const [first] = envelopes;
	if (first && envelopes.length === 1) return first;
	return { errcode: 0, description: 'success', data: { ids: data.flatMap(({ ids }) => listOf(ids)), id_number_map: Object.assign({}, ...data.map(({ id_number_map }) => id_number_map)) as unknown } };
}

/** Done if all are, else as the worst of them. */
function combined(results: Array<{ id: string; ended: ItemResult }>): ItemResult {
	const failures = results.flatMap(({ ended }) => (ended.type === 'failed' ? [ended.failure] : []));
	const worst = worstOf(failures);
	if (!worst) return { type: 'done', envelope: together(results.flatMap(({ ended }) => (ended.type === 'done' ? [ended.envelope] : []))) };
	if (results.length === 1) return failed(worst);
	const parts = results.map(({ id, ended }): Part => (ended.type === 'done' ? { id, outcome: 'done' } : { id, outcome: ended.failure.outcome, message: ended.failure.message }));
	const failure: ItemFailure = { ...worst, message: `${results.length - failures.length} of ${results.length} IDs are pushed down; ${worst.message}`, parts };
	return { type: 'failed', failure };
}

/** One call after the other: what went before one that failed is done, what comes after it is not sent. */
async function run({ parameters }: PreparedItem<Pushing>, call: Caller): Promise<ItemResult> {
	const results: Array<{ id: string; ended: ItemResult }> = [];
	for (const id of callsOf(parameters)) {
		const hasFailed = results.some(({ ended }) => ended.type === 'failed');
		const ended = hasFailed
			? failed(localFailure('stopped', 'Not sent, because another ID failed'))
			: confirmed(await call(ENDPOINT, bodyOf(parameters, id)));
		results.push({ id, ended });
	}
	return combined(results);
}

/** Makes documents of another type from documents: one for each, or one for all of them. */
export const pushDown: Operation<Pushing> = {
	action: 'change',
	read,
	endpoint: () => ENDPOINT,
	body: (parameters) => bodyOf(parameters, callsOf(parameters)[0] ?? ''),
	subject: recordSubjectOf,
	once: ({ source, target, isMerged, keys }) => ({ kind: JSON.stringify([source, target, isMerged]), ids: keys }),
	run,
	items: (envelope) => [envelopeJson(envelope)],
};
