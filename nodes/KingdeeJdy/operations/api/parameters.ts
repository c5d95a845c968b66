import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Endpoint } from '../../gateway/types';
import { checkFilledIn, rawParameter } from '../../shared/expressions';
import { oneOf, readSending, truth } from '../../shared/options';
import type { Settings } from '../../shared/plan';
import { writeBody } from './body';
import { readCallName } from './callName';
import { endpointOf } from './endpoint';
import { ARRAY_FORMATS, writeQuery } from './query';

/** What the user set for one item, expressions resolved. */
export interface Parameters extends Settings {
	endpoint: Endpoint;
	/** @throws Complaint */
	query: () => string;
	/** @throws Complaint */
	body: () => string;
}

/** What the parameters of a way of input make of themselves, once the call is known. */
type Input = Pick<Parameters, 'query' | 'body'>;

interface Source {
	read: (name: string) => unknown;
	raw: (name: string) => unknown;
	endpoint: Endpoint;
	options: IDataObject;
}

function fromJson({ read, raw, endpoint, options }: Source): Input {
	const [query, body] = [read('queryJson'), read('bodyJson')];
	checkFilledIn('Query', query, raw('queryJson'));
	checkFilledIn('Body', body, raw('bodyJson'));
	const format = oneOf(options.arrayFormat ?? 'json', ARRAY_FORMATS, 'Array Format');
	return { query: () => writeQuery(query, format), body: () => writeBody(body, endpoint.method) };
}

/** The ways to say what goes out with the call, by the values of Input. */
const INPUTS = { json: fromJson };

const INPUT_MODES = Object.keys(INPUTS) as Array<keyof typeof INPUTS>;

/** @throws Complaint for a choice that is out of range, an expression that is not filled in, and a call that cannot be made */
export async function readParameters(context: IExecuteFunctions, itemIndex: number): Promise<Parameters> {
	const read = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, itemIndex, fallback as string, { extractValue: true });
	const raw = (...path: string[]) => rawParameter(context, path);
	const options = read('options', {}) as IDataObject;
	const call = read('call', '');
	checkFilledIn('Call', call, raw('call', 'value') ?? raw('call'));
	const endpoint = await endpointOf(readCallName(call));
	const input = INPUTS[oneOf(read('inputMode', 'json'), INPUT_MODES, 'Input')];
	return {
		endpoint,
		sending: readSending(options),
		includeInput: truth(options.includeInput ?? false, 'Include Input Fields'),
		...input({ read: (name) => read(name, '{}'), raw: (name) => raw(name), endpoint, options }),
	};
}
