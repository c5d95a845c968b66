import type { IExecuteFunctions } from 'n8n-workflow';

import { parametersOf } from '../../catalogue/catalogue';
import type { Call, RecordType } from '../../catalogue/types';
import { failed } from '../../gateway/errors/failures';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Operation } from '../../shared/contract/operation';
import type { ItemResult } from '../../shared/contract/outcomes';
import { oneOf } from '../../shared/parameters/checks';
import { jsonOf } from '../common/filters';
import { inClear, rowsOf } from '../common/listQuery';
import { parametersFor, readKeys, readSettings } from '../common/nodeParameters';
import type { StandardSettings } from '../common/nodeParameters';
import { readOutput, shownRows, unknownFieldsNotice } from '../common/output/output';
import type { Output } from '../common/output/output';
import type { Request } from '../common/request';
import { BY, askedFor, detailRequest, parameterFor } from './reading/detail';
import type { Asked } from './reading/detail';
import { readWhenMissing, rowsOrMissing, saysMissing } from './reading/whenMissing';
import type { WhenMissing } from './reading/whenMissing';
import { knownOf, readType, recordSubjectOf } from './type';

interface Wanted extends StandardSettings {
	type: RecordType;
	call: Call;
	asked: Asked;
	whenMissing: WhenMissing;
	output: Output;
	request: Request;
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Wanted> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'get');
	const call = type.detail;
	if (!call) throw new ValidationError('Type', `${type.name} has no details`);
	const by = oneOf(parameters.read('by', 'number'), BY, 'By');
	const documented = parametersOf(call);
	const parameter = parameterFor(documented, by);
	if (!parameter) throw new ValidationError('By', `must be ${by === 'id' ? 'Number' : 'ID'}: JDY gives ${type.name} by nothing else`);
	const keys = readKeys(parameters, 'key', by === 'id' ? 'ID' : 'Number');
	if (keys.length > 1 && parameter.type !== 'array') throw new ValidationError(by === 'id' ? 'ID' : 'Number', 'must be a single one');
	const whenMissing = readWhenMissing(parameters, 'error');
	const output = readOutput(parameters.options, context.getNode());
	return { ...settings, type, call, whenMissing, output, asked: { parameter, by, keys }, request: detailRequest(call, parameter, keys, settings) };
}

/** The whole document or piece of master data. */
export const get: Operation<Wanted> = {
	action: 'read',
	read,
	endpoint: ({ request }) => request.endpoint,
	body: ({ request }) => request.body,
	subject: recordSubjectOf,
	run: async ({ parameters, gateway, endpoint, body }, call) => {
		const { asked, type, whenMissing } = parameters;
		const nothing: ItemResult = { type: 'done', envelope: { errcode: 0, description: '', data: [] } };
		const takesMissing = whenMissing === 'empty';
		const ended = await call(endpoint, body);
		if (ended.type === 'failed') return takesMissing && saysMissing(ended.failure, asked.keys) ? nothing : ended;
		const { envelope } = ended;
		const answered = askedFor(envelope, parameters.call, asked, type.name);
		if ('failure' in answered) return takesMissing && answered.isMissing ? nothing : failed(answered.failure);
		return { type: 'done', envelope: { ...envelope, data: inClear(answered.documents, parameters, parameters.call, gateway.credential.clientSecret) } };
	},
	notice: (envelope, { output }) => unknownFieldsNotice(rowsOf(envelope), output),
	items: (envelope, { type, output, whenMissing }, json) => rowsOrMissing(shownRows(rowsOf(envelope).map(jsonOf), output, knownOf(type)), whenMissing, json),
};
