import { badRequest, businessError, success } from '../answers.mts';
import type { Reply } from '../answers.mts';
import type { Fields } from '../calls.mts';
import { isFields } from '../calls.mts';
import { isSaveable } from './catalogue.mts';
import { chosen, malformedTime } from './filters.mts';
import { refusalOf } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import { made } from './made.mts';
import { recordsOf } from './masterData/derived.mts';
import { HIDES_DISABLED, UNPAGED_TO_100, isNumberless } from './masterData/kinds.mts';
import { unitsShown } from './masterData/units.mts';
import { encryptFields } from './privateData.mts';
import { readQuery } from './query.mts';
import type { Values } from './query.mts';
import type { JdyRecord } from './records.mts';
import { cutReport, hidesTotal, reportRefusal } from './reports.mts';
import { problemOf } from './schema.mts';
import type { Field } from './schema.mts';
import { fillUp, rowOf } from './shown.mts';

/** Rows of what is answered in one page. */
const UNPAGED = 100;
const DEFAULT_SIZE = 10;
/** How many rows stand in what nobody can save. */
const ROWS_OF_REPORTS = 3;

interface Page {
	page: number;
	asked: number;
	of: <T>(all: T[]) => T[];
}

const PAGE = /^(data\.|page_data\.)?page(_no)?$/;
const SIZE = /^(data\.|page_data\.)?page_size$/;

function pageOf({ jdy, settings }: Asked, values: Values): Page | undefined {
	const [fields, first] = [[...jdy.query, ...jdy.body], jdy.firstPage ?? 1];
	const named = (pattern: RegExp) => fields.find(({ name }) => pattern.test(name))?.name ?? '';
	const number = (name: string, otherwise: number) => (values.has(name) ? Number(values.get(name)) : otherwise);
	const [page, asked] = [number(named(PAGE), first), number(named(SIZE), DEFAULT_SIZE)];
	if (values.get('un_page') === '1' && UNPAGED_TO_100.includes(jdy.entity)) return { page: 1, asked: UNPAGED, of: (all) => all.slice(0, UNPAGED) };
	if (named(PAGE) === '' || values.get('un_page') === '1') return { page: 1, asked: Infinity, of: (all) => all };
	if (!Number.isInteger(page) || !Number.isInteger(asked) || page < first || asked < 1) return undefined;
	if (settings.largerPages === 'refused' && asked > settings.largestPage) return undefined;
	const size = Math.min(asked, settings.largestPage);
	return { page, asked, of: (all) => all.slice((page - first) * size, (page - first + 1) * size) };
}

function envelope({ jdy: { answer }, settings }: Asked, { page, asked }: Page, rows: Fields[], count: number): Fields {
	const shownCount = settings.listCounts === 'all' ? count : rows.length;
	const size = settings.totalPage === 'asked' ? asked : Math.min(asked, settings.largestPage);
	const known: Record<string, number> = {
		count: shownCount,
		total_count: shownCount,
		page,
		current_page: page,
		page_size: Number.isFinite(asked) ? asked : count,
		current_page_size: rows.length,
		cur_page_size: rows.length,
		total_page: Number.isFinite(asked) ? Math.ceil(count / size) : 1,
	};
	const value = (field: Field) => (field.name === 'rows' ? rows : known[field.name] === undefined ? made([field], 1)[field.name] : field.type === 'string' ? String(known[field.name]) : known[field.name]);
	return Object.fromEntries(answer.map((field) => [field.name, value(field)]));
}

function valuesOf({ jdy, query, body, settings }: Asked): Values | { reply: Reply } {
	if (jdy.method === 'GET') {
		const unknown = [...query.keys()].find((name) => jdy.query.every((field) => field.name !== name));
		if (unknown !== undefined && settings.unknownFilters === 'refused') return { reply: businessError(1030002001, `未知字段${unknown}`) };
		const values = readQuery(jdy.query, query, settings.arrayQueries);
		return 'missing' in values ? { reply: badRequest(values.missing, settings) } : values;
	}
	if (!isFields(body)) return { reply: businessError(1030002001, '请求体类型错误') };
	const problem = problemOf(jdy.body, body, settings);
	return problem ? { reply: refusalOf(problem) } : new Map(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Master data that are disabled are left out unless `enable` asks for them [D, R]; a list that has no `enable` shows them. */
function withDefaults({ jdy, settings }: Asked, values: Values): Values {
	const canAsk = jdy.query.some(({ name }) => name === 'enable');
	const hides = (settings.disabledRows === 'hiddenEverywhere' && jdy.path.startsWith('/jdy/v2/bd/')) || HIDES_DISABLED.includes(jdy.entity);
	return hides && canAsk && !values.has('enable') ? new Map([...values, ['enable', '1']]) : values;
}

/** A row that is repeated, or one that is left out, at the end of a page. */
function slipped({ jdy, settings }: Asked, { page }: Page, rows: Fields[]): Fields[] {
	const slip = settings.listSlip({ path: jdy.path, page });
	if (slip === 'omits') return rows.slice(0, -1);
	return slip === 'repeats' ? [...rows.slice(0, -1), ...rows.slice(0, 1)] : rows;
}

/** The units of a product, where the list is asked for them. */
function unitsIn({ jdy, records, account }: Asked, values: Values, record: JdyRecord): Fields {
	const isAsked = jdy.entity === 'bd.material' && values.get('show_units') === 'true';
	return isAsked ? { units: unitsShown(record, records.of(account, 'bd.measure_unit')) } : {};
}

/** A number that the page of a kind does not know. */
function numberIn({ jdy, settings }: Asked, { number }: JdyRecord): Fields {
	return settings.numberlessRows === 'numbered' && isNumberless(jdy.entity) ? { number: number || 'NO01' } : {};
}

/** Lists, and reports with rows. */
export function list(asked: Asked): { reply: Reply } {
	const { jdy, records, account, client, settings } = asked;
	const values = valuesOf(asked);
	if ('reply' in values) return values;
	const malformed = malformedTime(values, asked);
	if (malformed !== undefined) return { reply: businessError(1030002006, `字段${malformed}格式错误`) };
	const page = pageOf(asked, values);
	if (!page) return { reply: businessError(1030002006, '字段page、page_size格式错误') };
	settings.onListPage({ accountId: account.accountId, bizType: jdy.entity, page: page.page });
	const row = jdy.row ?? [];
	const isEmpty = recordsOf(asked, jdy.entity).length === 0;
	fillUp(records, account, jdy.entity, row, settings.rowsEverywhere ?? (isSaveable(jdy.entity) || !isEmpty ? 0 : ROWS_OF_REPORTS));
	const refusal = reportRefusal(asked, values);
	if (refusal) return { reply: refusal };
	const shown = recordsOf(asked, jdy.entity).filter(({ id }) => !settings.leavesOut(id));
	const isUnfiltered = settings.listSlip({ path: jdy.path, page: page.page }) === 'unfiltered';
	const found = cutReport(asked, values, isUnfiltered ? shown : chosen(shown, withDefaults(asked, values), asked));
	if (settings.listOrder === 'newest') found.reverse();
	const rows = slipped(asked, page, page.of(found).map((record) => ({ ...rowOf(row, record), ...numberIn(asked, record), ...unitsIn(asked, values, record) })));
	const data = envelope(asked, page, rows, found.length);
	if (hidesTotal(asked, page)) data.total_page = 0;
	return { reply: success(encryptFields(data, jdy.encrypted, client.clientSecret)) };
}
