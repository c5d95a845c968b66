import type { IExecuteFunctions } from 'n8n-workflow';

import { shapeOf, unwrapped } from '../../catalogue/documents';
import type { DocumentShape } from '../../catalogue/documents';
import type { Call, RecordType } from '../../catalogue/types';
import { isNothing } from '../../catalogue/wire/missing';
import { plainValues } from '../../catalogue/wire/values';
import type { Values } from '../../catalogue/wire/values';
import { digitsOf } from '../../catalogue/wire/scalars';
import { nested } from '../../catalogue/forms';
import { Complaint } from '../../gateway/complaint';
import { isRecord } from '../../gateway/json';
import { checkFilledIn } from '../../shared/expressions';
import { oneOf } from '../../shared/checks';
import { textOf } from '../../shared/outcomes';
import { readKeySettings } from '../customSave/key';
import { readForm, readJsonObject } from '../standard/given';
import { parametersFor, readSettings } from '../standard/reading';
import type { Parameters, StandardSettings } from '../standard/reading';
import { usualLinesField } from './lines';
import { readType } from './type';

const DATA_MODES = ['fields', 'inputItem', 'json'] as const;
const LINES = ['none', 'groupItems'] as const;
const OUTPUT_MODES = ['envelope', 'data', 'simplified'] as const;

/** How an item becomes part of a document that other items belong to as well. */
interface Grouping {
	group: string;
	linesField: string;
	/** The field of the items that groups them, where it is one. */
	groupField: string | undefined;
}

/** What the user set for one item. The document itself is still unchecked. */
export interface Saving extends StandardSettings {
	type: RecordType;
	call: Call;
	shape: DocumentShape;
	/** The fields as they were given, in objects and lists. */
	given: Values;
	/** Why nothing can be made of them; kept, because the other items of its document must not go out without this one. */
	problem: Complaint | undefined;
	grouping: Grouping | undefined;
	/** Undefined where duplicates are not prevented. */
	key: string | undefined;
	resendUnknown: boolean;
	output: (typeof OUTPUT_MODES)[number];
}

/** What stands in a field of the item, also within an object: `order.number`. */
function fieldOf(item: Values, name: string): unknown {
	if (Object.hasOwn(item, name)) return item[name];
	return name.split('.').reduce<unknown>((value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined), item);
}

function groupText(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.trim() : (digitsOf(value) ?? '');
	return text === '' ? undefined : text;
}

/** The value that the items of a document share: that of a field, or what an expression gives. */
function readGroup({ read, raw }: Parameters, item: Values): Pick<Grouping, 'group' | 'groupField'> {
	const label = 'Group By';
	const value = read('groupBy', '');
	const written = raw('groupBy');
	checkFilledIn(label, value, written);
	const isExpression = typeof written === 'string' && written.startsWith('=');
	const name = typeof value === 'string' ? value.trim() : '';
	if (!isExpression && name === '') throw new Complaint(label, 'must not be empty');
	const group = groupText(isExpression ? value : fieldOf(item, name));
	if (group === undefined) throw new Complaint(label, isExpression ? 'is empty for this item' : `names the field "${name}", which is empty or missing in this item`);
	return { group, groupField: isExpression ? undefined : name };
}

function readGrouping(parameters: Parameters, { parameters: documented }: DocumentShape, item: Values): Grouping | undefined {
	if (oneOf(parameters.read('lines', 'none'), LINES, 'Lines') === 'none') return undefined;
	const written = parameters.read('linesField', '');
	checkFilledIn('Lines Field', written, parameters.raw('linesField'));
	const linesField = typeof written === 'string' && written.trim() !== '' ? written.trim() : (usualLinesField(documented) ?? '');
	return { ...readGroup(parameters, item), linesField };
}

/** The fields of the document from where the user has them: a copy of their own, in which no getter and no `toJSON` is left. */
function readGiven(parameters: Parameters, shape: DocumentShape, item: Values): Values {
	const mode = oneOf(parameters.read('dataMode', 'fields'), DATA_MODES, 'Data');
	if (mode === 'fields') return plainValues(readForm(parameters, 'fields', shape.parameters));
	const given = unwrapped(plainValues(mode === 'json' ? readJsonObject(parameters, 'dataJson', 'JSON') : item), shape);
	if (!isRecord(given)) throw new Complaint(mode === 'json' ? 'JSON' : 'Input item', `must hold one document in "${shape.wrapper?.name ?? ''}"`);
	return mode === 'json' ? given : nested(shape.parameters, given);
}

/** What can be read is read, so that a document is not saved without the line of an item that cannot be. */
function attempt<T>(work: () => T, otherwise: T): { value: T; problem?: Complaint } {
	try {
		return { value: work() };
	} catch (error) {
		return { value: otherwise, problem: error instanceof Complaint ? error : new Complaint('Data', textOf(error)) };
	}
}

/** @throws Complaint for a choice or an option that is out of range */
export async function readSaving(context: IExecuteFunctions, itemIndex: number): Promise<Saving> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'save');
	const call = type.save;
	if (!call) throw new Complaint('Type', `${type.name} cannot be saved`);
	const shape = shapeOf(call);
	const item = context.getInputData()[itemIndex]?.json ?? {};
	const grouping = readGrouping(parameters, shape, item);
	const given = attempt(() => readGiven(parameters, shape, item), {});
	const keys = attempt(() => readKeySettings(context, itemIndex, parameters.options, settings.sending.dryRun), {
		deduplicationKey: undefined,
		resendUnknown: false,
		lookUp: undefined,
	});
	const problem = given.problem ?? keys.problem;
	if (problem && !grouping) throw problem;
	return {
		...settings,
		type,
		call,
		shape,
		grouping,
		given: given.value,
		problem,
		key: keys.value.deduplicationKey,
		resendUnknown: keys.value.resendUnknown,
		output: oneOf(parameters.options.output ?? 'envelope', OUTPUT_MODES, 'Output'),
	};
}

/** Whether a document says which one it updates. */
export function isUpdate(document: Values): boolean {
	return !isNothing(document.id);
}
