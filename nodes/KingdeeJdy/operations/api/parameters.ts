import type { IExecuteFunctions } from 'n8n-workflow';

import type { Call } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Endpoint } from '../../gateway/types';
import { isTool } from '../../shared/contract/tool';
import { oneOf, truth } from '../../shared/parameters/checks';
import { chosenJson } from '../../shared/parameters/chosen';
import { checkFilledIn } from '../../shared/parameters/expressions';
import { parametersFor, readSettings } from '../common/nodeParameters';
import type { NodeParameters, StandardSettings } from '../common/nodeParameters';
import { readReferenceMode } from '../common/references';
import type { ReferenceMode } from '../common/references';
import { writeBody } from './body';
import { readCallName } from './callName';
import { documented, endpointOf } from './endpoint';
import { fromFields } from './fields';
import type { CallInput, InputSource } from './input';
import { queryFromJson } from './query';

/** What the user set for one item, expressions resolved. */
export interface ApiParameters extends StandardSettings, CallInput {
	endpoint: Endpoint;
	references: ReferenceMode;
	/** Undefined if the call is not documented. */
	call: Call | undefined;
}

function fromJson({ parameters: { read, raw }, settings: { arrayFormat }, endpoint, call }: InputSource): CallInput {
	if (call?.multipart) throw new ValidationError('Call', 'takes a file, which cannot be sent as JSON; choose Map Each Field as Input');
	const [query, body] = [read('queryJson', '{}'), read('bodyJson', '{}')];
	checkFilledIn('Query', query, raw('queryJson'));
	checkFilledIn('Body', body, raw('bodyJson'));
	const chosen = chosenJson(query, raw('queryJson'), { all: 'Query', field: (name) => `Query "${name}"` });
	return { query: () => queryFromJson(chosen, arrayFormat), body: () => writeBody(body, endpoint.method) };
}

/** The ways to say what is sent with the call, by the values of Input. */
const INPUTS: Record<'fields' | 'json', (source: InputSource) => CallInput> = { fields: fromFields, json: fromJson };

const INPUT_MODES = ['fields', 'json'] as const;

/**
 * A model only reads, unless the user lets it write. A call that is not documented and no GET may write.
 *
 * @throws ValidationError naming the call
 */
function checkAllowed({ effect, method, path }: Endpoint, { context, options }: NodeParameters): void {
	const isAllowed = truth(options.allowWrites ?? false, 'Allow Writes');
	if (effect === 'read' || isAllowed || !isTool(context.getNode())) return;
	throw new ValidationError('Call', `${method} ${path} may change the books, and this tool only reads; the option Allow Writes lets it`);
}

/** @throws ValidationError for a choice that is out of range, an expression that is not filled in, and a call that cannot be made */
export async function readApiParameters(context: IExecuteFunctions, itemIndex: number): Promise<ApiParameters> {
	const parameters = parametersFor(context, itemIndex);
	const { raw } = parameters;
	const settings = readSettings(parameters);
	const named: unknown = context.getNodeParameter('call', itemIndex, '', { extractValue: true });
	checkFilledIn('Call', named, raw('call', 'value') ?? raw('call'));
	const name = readCallName(named);
	const call = await documented(name);
	const endpoint = endpointOf(name, call);
	checkAllowed(endpoint, parameters);
	const input = INPUTS[oneOf(parameters.read('inputMode', 'json'), INPUT_MODES, 'Input')];
	const references = readReferenceMode(parameters.options);
	return { ...settings, endpoint, call, references, ...input({ parameters, settings, references, endpoint, call }) };
}
