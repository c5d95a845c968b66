import type { IExecuteFunctions } from 'n8n-workflow';

import type { RecordType } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Endpoint } from '../../gateway/types';
import type { Operation } from '../../shared/contract/operation';
import { oneOf, truth } from '../../shared/parameters/checks';
import { envelopeJson } from '../../shared/results/output';
import { parametersFor, readKeys, readSettings } from '../common/nodeParameters';
import type { StandardSettings } from '../common/nodeParameters';
import { BY } from './reading/detail';
import { readType, recordSubjectOf } from './type';

/** What `sys/common_operate` calls each operation [D]. */
const OPERATE_TYPES = { audit: 'audit', unaudit: 'unaudit', delete: 'delete', close: 'close_donothing' } as const;

const ENDPOINT: Endpoint = { method: 'POST', path: '/jdy/v2/sys/common_operate', effect: 'write' };

interface Operating extends StandardSettings {
	type: RecordType;
	entity: string;
	by: (typeof BY)[number];
	keys: string[];
	ignoresWarnings: boolean;
}

async function readFor(operation: keyof typeof OPERATE_TYPES, context: IExecuteFunctions, itemIndex: number): Promise<Operating> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, operation);
	const { entity } = type;
	if (entity === undefined) throw new ValidationError('Type', `${type.name} has no code for this operation`);
	const by = oneOf(parameters.read('by', 'number'), BY, 'By');
	const keys = readKeys(parameters, 'keys', by === 'id' ? 'IDs' : 'Numbers');
	return { ...settings, type, entity, by, keys, ignoresWarnings: truth(parameters.options.ignoreWarnings ?? false, 'Ignore Warnings') };
}

/** Writes `{ entity_number, ids[] or numbers[], operate_type, ignore_warn }` [D]. */
function bodyOf(operation: keyof typeof OPERATE_TYPES, { entity, by, ignoresWarnings }: Operating, keys: readonly string[]): string {
	return JSON.stringify({
		entity_number: entity,
		[by === 'id' ? 'ids' : 'numbers']: keys,
		operate_type: OPERATE_TYPES[operation],
		...(ignoresWarnings ? { ignore_warn: true } : {}),
	});
}

/** What `sys/common_operate` does, up to 100 IDs in a call; one outcome for each ID. */
export function operate(operation: keyof typeof OPERATE_TYPES): Operation<Operating> {
	return {
		action: 'change',
		read: async (context, itemIndex) => await readFor(operation, context, itemIndex),
		endpoint: () => ENDPOINT,
		body: (parameters) => bodyOf(operation, parameters, parameters.keys),
		subject: recordSubjectOf,
		batch: {
			group: ({ entity, by, ignoresWarnings }) => `${entity} ${by} ${ignoresWarnings}`,
			ids: ({ keys }) => keys,
			by: ({ by }) => by,
			body: (parameters, keys) => bodyOf(operation, parameters, keys),
			// It answers `ids` and `id_number_map` [D]: what is missing there is unknown.
			isDocumented: true,
		},
		items: (envelope, { keys }) => [{ ...(operation === 'delete' && { deleted: true }), ...envelopeJson(envelope), ids: keys.map((id) => ({ id, outcome: 'done' })) }],
	};
}
