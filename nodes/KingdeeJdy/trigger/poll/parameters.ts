import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { typeByPath } from '../../catalogue/catalogue';
import { ARRAY_FORMATS } from '../../catalogue/encoding/query';
import type { ArrayFormat } from '../../catalogue/encoding/query';
import { readValues } from '../../catalogue/encoding/values';
import type { Values } from '../../catalogue/encoding/values';
import type { Call, RecordType } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import { MINUTE_MS } from '../../gateway/rateLimit/rateLimiter';
import { readFilters } from '../../operations/common/filters';
import { readLocator } from '../../operations/common/nodeParameters';
import { readReferenceMode, referencesOf } from '../../operations/common/references';
import { checkKnown, readUnknownFilters } from '../../operations/common/unknownFilters';
import type { UnknownFilters } from '../../operations/common/unknownFilters';
import { readConditions } from '../../operations/customDocument/parameters';
import { pagesOf, writeConditions } from '../../operations/customDocument/request';
import type { References } from '../../shared/contract/operation';
import type { Sending } from '../../shared/contract/sending';
import { numberWithin, oneOf, truth } from '../../shared/parameters/checks';
import { checkedType } from '../../shared/parameters/documentType';
import { checkFilledIn, holdsFilledIn, rawParameter } from '../../shared/parameters/expressions';
import { readSending } from '../../shared/parameters/options';
import { readTimeZone } from '../../shared/parameters/timeZone';
import { watchFilters } from './filters';
import type { Event } from './filters';

const RESOURCES = ['record', 'customDocument'] as const;
const EVENTS = ['changed', 'created'] as const;
export const PAGES = { min: 1, max: 50 };
export const DEFAULT_PAGES = 10;

/** Up to 31 days. */
export const LOOK_BACK_MINUTES = { min: 1, max: 31 * 24 * 60 };
export const DEFAULT_LOOK_BACK = 15;

interface Common {
	event: Event;
	/** Whether filters or conditions hold an expression: then they may be others each time. */
	hasMovingFilters: boolean;
	details: boolean;
	sending: Sending;
	arrayFormat: ArrayFormat;
	/** Whether private data are decrypted. */
	decrypts: boolean;
	unknownFilters: UnknownFilters;
}

export interface RecordPollSettings extends Common {
	resource: 'record';
	type: RecordType;
	list: Call;
	filters: Values;
	/** Filters that no page knows, or that are not what it says. */
	unknown: string[];
	/** How late a document may appear in the list, after the time that it is stamped with. */
	lookBackMs: number;
	/** What the filters refer to by numbers and names: it is looked up before anything is read. */
	references?: References<RecordPollSettings>;
}

export interface CustomPollSettings extends Common {
	resource: 'customDocument';
	bizType: string;
	maxPages: number;
	request: (page: number, size: number) => string;
}

export type PollSettings = RecordPollSettings | CustomPollSettings;

function readerOf(context: IPollFunctions, options: IDataObject) {
	return {
		read: (name: string, fallback: unknown): unknown => context.getNodeParameter(name, fallback),
		raw: (...path: string[]) => rawParameter(context, path),
		timeZone: readTimeZone(options),
	};
}

type Reader = ReturnType<typeof readerOf>;

async function readTypeSettings(reader: Reader, common: Common, options: IDataObject): Promise<RecordPollSettings> {
	const path = readLocator(reader, 'type', 'Type');
	if (path === '') throw new ValidationError('Type', 'must not be empty');
	const type = await typeByPath(path);
	if (!type) throw new ValidationError('Type', `"${path}" is not known; choose one from the list`);
	const { list, detail } = type;
	const name = `${type.name} (${type.nameZh})`;
	if (!list?.[common.event]) throw new ValidationError('Event', `cannot be "${common.event}" for ${name}: JDY has no filter by that time`);
	if (common.details && !detail) throw new ValidationError('Details', `cannot be read for ${name}: JDY has no call for them`);
	const documented = watchFilters(list, common.event);
	const lookBackMs = MINUTE_MS * numberWithin(options.lookBackMinutes ?? DEFAULT_LOOK_BACK, LOOK_BACK_MINUTES, 'Look Back Minutes');
	const complete = (given: Values): RecordPollSettings => {
		const read = readValues(documented, given, { timeZone: reader.timeZone, missing: 'send' });
		const { values, unknown, asGiven } = read;
		const own = Object.values(list[common.event] ?? {}).find((time) => time in values);
		if (own !== undefined) throw new ValidationError(`Filter "${own}"`, 'cannot be used here: the trigger fills it in');
		checkKnown(read, documented, common.unknownFilters);
		return { ...common, resource: 'record', type, list, filters: values, unknown: [...unknown, ...asGiven], lookBackMs };
	};
	const given = readFilters(reader, list);
	const references = await referencesOf({ ...common, references: readReferenceMode(options), hint: () => undefined }, documented, given, complete);
	return references ? { ...common, resource: 'record', type, list, filters: given, unknown: [], lookBackMs, references } : complete(given);
}

function readDocumentSettings(reader: Reader, common: Common, options: IDataObject): CustomPollSettings {
	const written = reader.read('bizType', '');
	checkFilledIn('Document Type', written, reader.raw('bizType'));
	const bizType = checkedType(written);
	const maxPages = numberWithin(options.pages ?? DEFAULT_PAGES, PAGES, 'Pages to Compare');
	const request = pagesOf(bizType, writeConditions(readConditions(reader)));
	return { ...common, resource: 'customDocument', bizType, maxPages, request };
}

/**
 * Reads what the node is set to.
 *
 * @throws ValidationError for a choice that cannot be used
 */
export async function readPollSettings(context: IPollFunctions): Promise<PollSettings> {
	const given: unknown = context.getNodeParameter('options', {});
	const options = isRecord(given) ? (given as IDataObject) : {};
	const reader = readerOf(context, options);
	const common: Common = {
		event: oneOf(reader.read('event', 'changed'), EVENTS, 'Event'),
		hasMovingFilters: ['filters', 'filtersJson', 'conditions', 'conditionsJson'].some((name) => holdsFilledIn(reader.raw(name))),
		details: truth(reader.read('details', false), 'Details'),
		sending: readSending(options),
		arrayFormat: oneOf(options.arrayFormat ?? 'json', ARRAY_FORMATS, 'Array Format'),
		decrypts: truth(options.decrypt ?? false, 'Decrypt Private Data'),
		unknownFilters: readUnknownFilters(options),
	};
	const resource = oneOf(reader.read('resource', 'record'), RESOURCES, 'Resource');
	return resource === 'record' ? await readTypeSettings(reader, common, options) : readDocumentSettings(reader, common, options);
}
