import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { canonicalJson } from '../../gateway/json/json';
import type { Operation } from '../../shared/contract/operation';
import { rowOf } from './output';
import { readSaveParameters } from './parameters';
import type { SaveParameters } from './parameters';
import { buildBody } from './request';
import { searchFor } from './search';

/** The user's words for a type that can be read; null otherwise. */
function typeOf(parameters: SaveParameters | undefined): string | null {
	return typeof parameters?.bizType === 'string' ? parameters.bizType.trim() : null;
}

/** What tells one document from another in a text: its type and, where there is one, its key. */
function subjectOf(parameters: SaveParameters | undefined): IDataObject {
	const deduplicationKey = parameters?.deduplicationKey;
	return { bizType: typeOf(parameters), ...(deduplicationKey === undefined ? {} : { deduplicationKey }) };
}

/** "customerId was empty in 300 of 300 items": most likely the expression names a field that the input does not have. */
function emptyFields(parameters: readonly SaveParameters[]): string[] {
	const counts = new Map<string, number>();
	for (const name of parameters.flatMap(({ emptyFields }) => emptyFields)) counts.set(name, (counts.get(name) ?? 0) + 1);
	const total = parameters.length;
	return [...counts].filter(([, count]) => count === total).map(([name]) => `${name} was empty in ${total} of ${total} items`);
}

const MAX_NAMED = 20;

/** What Map Automatically has left out, because no field of the document is called so. */
function unmatchedFields(parameters: readonly SaveParameters[]): string[] {
	const names = [...new Set(parameters.flatMap((entry) => entry.unmatchedFields))];
	if (names.length === 0) return [];
	return [`Not sent, because no field of the document is called so: ${names.slice(0, MAX_NAMED).join(', ')}${names.length > MAX_NAMED ? ', …' : ''}`];
}

/** What the user is told of a run, before it is sent. */
function hintsOf(parameters: readonly SaveParameters[]): string[] {
	const looksInVain = parameters.some(({ lookUp, deduplicationKey }) => lookUp !== undefined && deduplicationKey === undefined);
	return [
		...emptyFields(parameters),
		...unmatchedFields(parameters),
		...(looksInVain ? ['Look Up Field is set, but no Deduplication Key: nothing is looked for'] : []),
	];
}

const LOOK_UP_ADVICE = 'With the option Look Up Field this package looks for such documents by itself.';

/** POST /jdy/v2/cust/save [D] */
export const customSave: Operation<SaveParameters> = {
	action: 'save',
	read: readSaveParameters,
	endpoint: () => ({ method: 'POST', path: '/jdy/v2/cust/save', effect: 'write' }),
	body: buildBody,
	subject: subjectOf,
	items: (envelope, parameters, json, facts) => [rowOf(envelope, parameters, json, facts)],
	deduplication: (parameters, body) => {
		const { deduplicationKey: key, resendUnknown, takesUnknownAsSaved = false, lookUp } = parameters;
		if (key === undefined) return undefined;
		const digest = createHash('sha256').update(canonicalJson(body)).digest('base64');
		const bizType = String(typeOf(parameters));
		const search = lookUp && searchFor(bizType, lookUp);
		return { type: bizType, key, digest, resendUnknown, takesUnknownAsSaved, search, ...(!search && { lookUpAdvice: LOOK_UP_ADVICE }) };
	},
	hints: hintsOf,
};
