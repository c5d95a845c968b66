import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { parametersOf } from '../../../catalogue/catalogue';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call, RecordType } from '../../../catalogue/types';
import { call } from '../../../gateway/call';
import { isRecord } from '../../../gateway/json/json';
import { processState } from '../../../gateway/state';
import { openGateway } from '../../../shared/connection/openGateway';
import { asRead, errorText } from '../../../shared/contract/outcomes';
import type { ItemResult } from '../../../shared/contract/outcomes';
import { NUMBER_KEYS } from '../../../shared/contract/row';
import type { Row } from '../../../shared/contract/row';
import { PAGE_SIZE } from '../../../shared/pagination/page';
import { findRows } from '../../../shared/pagination/rows';
import { readSending } from '../../../shared/parameters/options';
import { pageValues } from '../../common/pages';
import { requestOf } from '../../common/request';
import type { Request } from '../../common/request';
import { askedFor, detailRequest, keyIn, nameIn, namedPart, parameterFor } from './detail';
import type { Asked } from './detail';

/** The editor waits for it. */
const TIMEOUT_MS = 10_000;

const SETTINGS = { arrayFormat: 'json', timeZone: 'Asia/Shanghai', missing: 'send' } as const;

/** Filters that find what somebody types; where a list has `search`, which goes by names [R], the others are not needed. */
const FILTERS = ['bill_no', 'number', 'name', 'customer_name', 'supplier_name'];

const NAMES = ['name', 'customer_name', 'supplier_name', 'material_name'];

/** What one search is about. */
interface Search {
	type: RecordType;
	list: Call;
	detail: Call;
	by: Asked['by'];
	ask: (request: Request) => Promise<ItemResult>;
}

/** A number, a name and a date, as far as a row has them, for what the detail takes. */
function optionOf(row: Row, { detail, by }: Search): INodeListSearchItems[] {
	const parameter = parameterFor(parametersOf(detail), by);
	const value = parameter ? keyIn(row, parameter, by) : nameIn(row, ['id']);
	if (value === undefined) return [];
	const shown = [nameIn(row, NUMBER_KEYS) ?? value, nameIn(row, NAMES), nameIn(row, ['bill_date'])];
	return [{ name: shown.filter((text) => text !== undefined).join(' '), value }];
}

function holds(row: Row, text: string): boolean {
	return Object.values(row).some((value) => (typeof value === 'string' || typeof value === 'number') && String(value).toLowerCase().includes(text));
}

async function rowsOf({ list, ask }: Search, filter: Values, page: number) {
	const ended = await ask(requestOf(list, { ...filter, ...pageValues(list, page, PAGE_SIZE) }, SETTINGS));
	if (ended.type === 'failed') return ended;
	return findRows(ended.envelope, { rows: list.rows, total: list.total }) ?? { rows: [], total: 0 };
}

/** The document with exactly this number: `search` goes by names alone. */
async function numbered({ type, detail, ask }: Search, number: string): Promise<Row[]> {
	const parameter = parameterFor(parametersOf(detail), 'number');
	if (!parameter) return [];
	const ended = await ask(detailRequest(detail, parameter, [number], SETTINGS));
	const answered = ended.type === 'failed' ? ended : askedFor(ended.envelope, detail, { parameter, by: 'number', keys: [number] }, type.name);
	return 'documents' in answered ? answered.documents.filter(isRecord).map(namedPart) : [];
}

/** What lists and the detail find for a text: rows that hold it somewhere. What is asked beside the first page may be refused. */
async function found(search: Search, text: string): Promise<Row[]> {
	const names = new Set(parametersOf(search.list).map(({ name }) => name));
	const filters = names.has('search') ? ['search'] : FILTERS.filter((name) => names.has(name));
	const read = await Promise.all([numbered(search, text), ...filters.map(async (name) => await rowsOf(search, { [name]: text }, 1))]);
	return read.flatMap((one) => ('rows' in one ? one.rows : Array.isArray(one) ? one : [])).filter((row) => holds(row, text.toLowerCase()));
}

async function searchIn(search: Search, text: string, page: number): Promise<INodeListSearchResult> {
	const [first, more] = await Promise.all([rowsOf(search, {}, page), text === '' ? [] : found(search, text)]);
	if ('failure' in first) throw new Error(first.failure.message);
	const { rows, total } = first;
	const shown = text === '' ? rows : [...more, ...rows.filter((row) => holds(row, text.toLowerCase()))];
	const results = new Map(shown.flatMap((row) => optionOf(row, search)).map((option) => [option.value, option]));
	const hasMore = text === '' && search.list.paging !== undefined && rows.length > 0 && page * PAGE_SIZE < (total ?? 0);
	return { results: [...results.values()], ...(hasMore && { paginationToken: String(page + 1) }) };
}

/**
 * The documents or master data of a type in the account, for choosing one: by number or name, and by the ID if that is what
 * is chosen by.
 *
 * @throws NodeOperationError if the account cannot be read
 */
export async function searchDocuments(context: ILoadOptionsFunctions, type: RecordType | undefined, by: Asked['by'], filter = '', page = 1): Promise<INodeListSearchResult> {
	const { list, detail } = type ?? {};
	if (!type || !list || !detail) return { results: [] };
	try {
		const gateway = await openGateway(context, processState)(0, readSending({}));
		const ask = async ({ endpoint, body }: Request) => asRead(await call(gateway, endpoint, body, { timeoutMs: TIMEOUT_MS, maxAttempts: 1 }));
		return await searchIn({ type, list, detail, by, ask }, filter.trim(), page);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), errorText(error));
	}
}
