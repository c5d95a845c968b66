import type { IExecuteFunctions } from 'n8n-workflow';

import { parametersOf } from '../../catalogue/catalogue';
import type { Call, Parameter, RecordType } from '../../catalogue/types';
import { readValues } from '../../catalogue/wire/values';
import { Complaint } from '../../gateway/complaint';
import { failed } from '../../gateway/failures';
import { isRecord } from '../../gateway/json';
import { readIds } from '../../shared/ids';
import { oneOf } from '../../shared/options';
import { poorAnswer } from '../../shared/outcomes';
import type { Operation } from '../../shared/plan';
import { findRows, holdsNothing } from '../../shared/rows';
import { jsonOf } from '../standard/filters';
import { inClear, rowsOf } from '../standard/listing';
import { parametersFor, readSettings } from '../standard/reading';
import type { StandardSettings } from '../standard/reading';
import { requestOf } from '../standard/request';
import type { Request } from '../standard/request';
import { readType, subjectOf } from './type';

export const BY = ['id', 'number'] as const;

interface Wanted extends StandardSettings {
	type: RecordType;
	call: Call;
	request: Request;
}

/** How details name what they want, most usual first. */
const NAMES: Record<(typeof BY)[number], RegExp[]> = {
	id: [/^id$/, /^\w+_id$/],
	number: [/^number$/, /^bill_no$/, /_number$/, /_no$/, /^mobile$/],
};

/** The parameter by which a detail call takes an ID or a number; undefined where it takes none. */
export function parameterFor(parameters: Parameter[], by: (typeof BY)[number]): Parameter | undefined {
	return NAMES[by].map((pattern) => parameters.find(({ name }) => pattern.test(name))).find((parameter) => parameter !== undefined);
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Wanted> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'get');
	const call = type.detail;
	if (!call) throw new Complaint('Type', `${type.name} has no details`);
	const by = oneOf(parameters.read('by', 'id'), BY, 'By');
	const documented = parametersOf(call);
	const parameter = parameterFor(documented, by);
	if (!parameter) throw new Complaint('By', `must be ${by === 'id' ? 'Number' : 'ID'}: JDY gives ${type.name} by nothing else`);
	const keys = readIds(parameters.read('key', ''), parameters.raw('key'), by === 'id' ? 'ID' : 'Number');
	if (keys.length > 1 && parameter.type !== 'array') throw new Complaint(by === 'id' ? 'ID' : 'Number', 'must be a single one');
	const given = { [parameter.name]: parameter.type === 'array' ? keys : keys[0] };
	// A page may mark the ID as required although it takes the number as well.
	const { values } = readValues([parameter], given, settings);
	return { ...settings, type, call, request: requestOf(call, values, settings) };
}

/** The whole document or piece of master data. */
export const get: Operation<Wanted> = {
	action: 'read',
	read,
	endpoint: ({ request }) => request.endpoint,
	body: ({ request }) => request.body,
	subject: subjectOf,
	run: async ({ parameters, gateway, endpoint, body }, call) => {
		const ended = await call(endpoint, body);
		if (ended.type === 'failed') return ended;
		const { envelope } = ended;
		const { data } = envelope;
		const rows = parameters.call.rows ? (findRows(envelope, { rows: parameters.call.rows })?.rows ?? []) : [data];
		const isNothing = rows.length === 0 || holdsNothing(envelope) || (isRecord(data) && Object.keys(data).length === 0);
		if (isNothing) return failed(poorAnswer('notFound', `No ${parameters.type.name} was found`));
		return { type: 'done', envelope: { ...envelope, data: inClear(rows, parameters, parameters.call, gateway.credential.clientSecret) } };
	},
	items: (envelope) => rowsOf(envelope).map(jsonOf),
};
