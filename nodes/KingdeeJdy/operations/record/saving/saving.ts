import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { documentShapeOf, unwrapped } from '../../../catalogue/documentShape';
import type { DocumentShape } from '../../../catalogue/documentShape';
import { EMPTY_FIELDS } from '../../../catalogue/encoding/empty';
import type { EmptyFields } from '../../../catalogue/encoding/empty';
import { MISSING_MODES, isNothing } from '../../../catalogue/encoding/requiredFields';
import type { MissingMode } from '../../../catalogue/encoding/requiredFields';
import { plainValues } from '../../../catalogue/encoding/values';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call, RecordType } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord } from '../../../gateway/json/json';
import { isTool } from '../../../shared/contract/tool';
import { oneOf, truth } from '../../../shared/parameters/checks';
import { checkFilledIn, isExpression } from '../../../shared/parameters/expressions';
import { inputJson } from '../../../shared/tool/modelInput';
import { saidJson, saidValues } from '../../../shared/tool/saidFields';
import { isShown, readForm, readJsonObject } from '../../common/formInput';
import { hintAtLeftOut } from '../../common/hints';
import { readReferenceMode } from '../../common/references';
import type { ReferenceMode } from '../../common/references';
import { parametersFor, readSettings } from '../../common/nodeParameters';
import type { NodeParameters, StandardSettings } from '../../common/nodeParameters';
import { readKeySettings } from '../../customSave/key';
import { readGroupBy } from '../grouping/groupBy';
import { usualLinesField } from '../grouping/lines';
import { readType } from '../type';
import { fieldsOfItem, nestedButLines } from './inputColumns';

const DATA_MODES = ['fields', 'inputItem', 'json'] as const;
const LINES = ['none', 'groupItems'] as const;
const OUTPUT_MODES = ['envelope', 'data', 'simplified'] as const;

/** How an item becomes part of a document that other items belong to as well. */
interface SavedGroup {
	/** What its items share. */
	value: string;
	linesField: string;
	/** The fields of the items that group them. */
	groupFields: readonly string[];
}

/** What the user set for one item. The document itself is still unchecked. */
export interface Saving extends StandardSettings {
	type: RecordType;
	call: Call;
	shape: DocumentShape;
	/** The fields as they were given, in objects and lists. */
	given: Values;
	/** Whether the document has its own ID among its fields, be it empty. */
	hasId: boolean;
	/** Undefined if the item makes a document of its own. */
	group: SavedGroup | undefined;
	/** The options as they were given. */
	options: IDataObject;
	/** Undefined if duplicates are not prevented. */
	key: string | undefined;
	resendUnknown: boolean;
	takesUnknownAsSaved: boolean;
	output: (typeof OUTPUT_MODES)[number];
	missing: MissingMode;
	emptyFields: EmptyFields;
	references: ReferenceMode;
	fillsDefaults: boolean;
}

/** @throws ValidationError for an item that shares nothing */
function readGroup(parameters: NodeParameters, { parameters: documented }: DocumentShape, item: Values): SavedGroup | undefined {
	if (oneOf(parameters.read('lines', 'none'), LINES, 'Lines') === 'none') return undefined;
	const written = parameters.read('linesField', '');
	checkFilledIn('Lines Field', written, parameters.raw('linesField'));
	const linesField = typeof written === 'string' && written.trim() !== '' ? written.trim() : (usualLinesField(documented) ?? '');
	const groupBy = readGroupBy(parameters, item, () => parameters.timeZone);
	if ('problem' in groupBy) throw groupBy.problem;
	return { ...groupBy, linesField };
}

/** An ID that is given as null is there, and empty: only without one a document is new. */
function withId(given: Values, hasId: boolean): Values {
	return hasId && (given.id === null || given.id === undefined) ? { ...given, id: '' } : given;
}

/** The editor keeps null for what nobody has filled in; an expression that gave null has filled in an empty field. */
function emptied(given: unknown, raw: unknown): unknown {
	if (!isRecord(given) || !isRecord(raw)) return given;
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === null && isExpression(raw[name]) ? '' : value]));
}

/** What a model was asked for and did not give is no field, not even an empty one. */
function saidInForm(given: unknown, raw: unknown): unknown {
	return isRecord(given) ? saidValues(given, raw) : given;
}

/** Null is an empty field as well; what is undefined is none. */
function withEmpty(given: Values): Values {
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === null ? '' : value]));
}

/** The fields of the document from where the user has them: a copy of their own, in which no getter and no `toJSON` is left. */
function readGiven(parameters: NodeParameters, { shape, type, hint }: SaveSettings, item: Values, group: SavedGroup | undefined): Values {
	const mode = oneOf(parameters.read('dataMode', 'fields'), DATA_MODES, 'Data');
	const isOfModel = isTool(parameters.context.getNode());
	if (mode === 'fields') return withId(plainValues(readForm(parameters, 'fields', shape.parameters, isOfModel ? saidInForm : emptied)), isShown(parameters, 'fields', 'id'));
	const given = unwrapped(plainValues(mode === 'json' ? readJsonObject(parameters, 'dataJson', 'JSON', isOfModel ? saidJson : undefined) : item), shape);
	if (!isRecord(given)) throw new ValidationError(mode === 'json' ? 'JSON' : 'Input item', `must hold one document in "${shape.wrapper?.name ?? ''}"`);
	const filled = withEmpty(given);
	if (mode === 'json') return withId(filled, Object.hasOwn(given, 'id'));
	const { values, leftOut } = fieldsOfItem(filled, { shape, type: type.value, linesField: group?.linesField, groupFields: group?.groupFields ?? [] });
	hintAtLeftOut(hint, leftOut);
	return withId(nestedButLines(shape, values, group?.linesField), Object.hasOwn(given, 'id'));
}

/** What is set for a document, whatever it is made of. */
export type SaveSettings = Omit<Saving, 'given' | 'hasId' | 'group' | 'key' | 'resendUnknown' | 'takesUnknownAsSaved'>;

/** @throws ValidationError for a choice or an option that is out of range */
export async function readSaveSettings(parameters: NodeParameters): Promise<SaveSettings> {
	const { options } = parameters;
	const type = await readType(parameters, 'save');
	const call = type.save;
	if (!call) throw new ValidationError('Type', `${type.name} cannot be saved`);
	return {
		...readSettings(parameters),
		type,
		call,
		shape: documentShapeOf(call),
		options,
		output: oneOf(options.output ?? 'simplified', OUTPUT_MODES, 'Output'),
		missing: oneOf(options.missing ?? 'send', MISSING_MODES, 'Missing Fields'),
		references: readReferenceMode(options),
		fillsDefaults: truth(options.fillDefaults ?? false, 'Fill From Master Data'),
		emptyFields: oneOf(options.emptyFields ?? 'leaveOut', EMPTY_FIELDS, 'Empty Fields'),
	};
}

/** Whether a document has its own ID among its fields, be it empty. */
function hasOwnId(given: Values, { parameters }: DocumentShape): boolean {
	return Object.hasOwn(given, 'id') && parameters.some(({ name }) => name === 'id');
}

/** @throws ValidationError for a choice or an option that is out of range */
export async function readSaving(context: IExecuteFunctions, itemIndex: number): Promise<Saving> {
	const parameters = parametersFor(context, itemIndex);
	const settings = await readSaveSettings(parameters);
	const { shape, sending } = settings;
	const item = inputJson(context, itemIndex);
	const group = readGroup(parameters, shape, item);
	const given = readGiven(parameters, settings, item, group);
	const { deduplicationKey, resendUnknown, takesUnknownAsSaved = false } = readKeySettings(context, itemIndex, parameters.options, sending.dryRun);
	return { ...settings, given, hasId: hasOwnId(given, shape), group, key: deduplicationKey, resendUnknown, takesUnknownAsSaved };
}

/** Whether a document says which one it updates. */
export function isUpdate(document: Values): boolean {
	return !isNothing(document.id);
}
