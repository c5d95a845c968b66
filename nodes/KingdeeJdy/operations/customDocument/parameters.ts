import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Settings } from '../../shared/contract/operation';
import { chosenRows } from '../../shared/parameters/assignments';
import { oneOf, truth } from '../../shared/parameters/checks';
import { chosenJson } from '../../shared/parameters/chosen';
import { checkFilledIn, rawParameter, readParameter } from '../../shared/parameters/expressions';
import { readSending } from '../../shared/parameters/options';
import { readLimit } from '../common/nodeParameters';
import { readOutput } from '../common/output/output';
import type { Output } from '../common/output/output';

const CONDITIONS_MODES = ['fields', 'json'] as const;

/** What every operation on custom documents has. */
export interface CustomTypeSettings extends Settings {
	/** Still unchecked. */
	bizType: unknown;
}

/** What the user set for one item, expressions resolved. What depends on the item's data is still unchecked. */
export interface Query extends CustomTypeSettings {
	conditionsMode: (typeof CONDITIONS_MODES)[number];
	/** An assignmentCollection or JSON. */
	conditions: unknown;
	/** Undefined: all rows. */
	limit: number | undefined;
	output: Output;
}

export interface Operating extends CustomTypeSettings {
	ids: { value: unknown; raw: unknown };
	input: IDataObject;
}

/** Parameters as n8n has filled them in, and as they stand in the node. */
interface Reader {
	read: (name: string, fallback: unknown) => unknown;
	raw: (name: string) => unknown;
}

function reader(context: IExecuteFunctions, itemIndex: number): Reader {
	return {
		read: (name, fallback) => readParameter(context, name, itemIndex, fallback),
		raw: (name) => rawParameter(context, [name]),
	};
}

function readType({ read, raw }: Reader): CustomTypeSettings {
	const options = read('options', {}) as IDataObject;
	const bizType = read('bizType', '');
	checkFilledIn('Document Type', bizType, raw('bizType'));
	return { bizType, sending: readSending(options), includeInput: truth(options.includeInput ?? false, 'Include Input Fields') };
}

/** How conditions are named to the user. */
const NAMES = { all: 'Conditions', field: (name: string) => `Condition "${name}"` };

/**
 * What documents are chosen by.
 *
 * @throws ValidationError for an expression that is not filled in, or found nothing
 */
export function readConditions({ read, raw }: Reader): Pick<Query, 'conditionsMode' | 'conditions'> {
	const conditionsMode = oneOf(read('conditionsMode', 'fields'), CONDITIONS_MODES, 'Conditions');
	if (conditionsMode === 'json') {
		const conditions = read('conditionsJson', '{}');
		checkFilledIn('Conditions', conditions, raw('conditionsJson'));
		return { conditionsMode, conditions: chosenJson(conditions, raw('conditionsJson'), NAMES) };
	}
	return { conditionsMode, conditions: chosenRows(read('conditions', {}), raw('conditions'), NAMES) };
}

/** @throws ValidationError for an output that is none */
function outputIn(context: IExecuteFunctions, { read }: Reader): Output {
	return readOutput(read('options', {}) as IDataObject, context.getNode());
}

/** @throws ValidationError for a choice or an option that is out of range, and for an expression that is not filled in or found nothing */
export function readQuery(context: IExecuteFunctions, itemIndex: number): Query {
	const from = reader(context, itemIndex);
	return { ...readType(from), ...readConditions(from), limit: readLimit({ ...from, context }), output: outputIn(context, from) };
}

/** As `readQuery`, for one document. */
export function readOne(context: IExecuteFunctions, itemIndex: number): Query {
	const from = reader(context, itemIndex);
	return { ...readType(from), ...readConditions(from), limit: 1, output: outputIn(context, from) };
}

/** As `readQuery`, for an operation on IDs. */
export function readOperating(context: IExecuteFunctions, itemIndex: number): Operating {
	const from = reader(context, itemIndex);
	const input = context.getInputData()[itemIndex]?.json ?? {};
	return { ...readType(from), ids: { value: from.read('ids', ''), raw: from.raw('ids') }, input };
}
