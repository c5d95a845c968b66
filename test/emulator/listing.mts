import { businessError, success } from './answers.mts';
import type { Reply } from './answers.mts';
import { isFields, plain } from './calls.mts';
import type { Call, Fields, Served } from './calls.mts';
import type { Document, DocumentStore } from './documents.mts';
import type { ListShape } from './settings.mts';

/** Rows and total as each shape has them in `data`. */
const SHAPES: Record<ListShape, (rows: Fields[], count: number) => unknown> = {
	rows: (rows, count) => ({ data: { rows, count } }),
	list: (list, total) => ({ data: { list, total } }),
	bareTwice: (rows) => ({ data: rows }),
	bareOnce: (rows) => rows,
	rowsOnce: (rows, count) => ({ rows, count }),
	countAsText: (rows, count) => ({ data: { rows, count: String(count) } }),
	noTotal: (rows) => ({ data: { rows } }),
};

interface Asked {
	biz_type: string;
	data: Fields;
	page_no: string;
	page_size: string;
}

/** All four are required by `cust/list` and `cust/detail` [D]. */
function problemWith(body: unknown): Reply | undefined {
	if (!isFields(body)) return businessError(1030002001, '请求体类型错误');
	const names = ['biz_type', 'data', 'page_no', 'page_size'];
	const missing = names.find((name) => body[name] === undefined || body[name] === null);
	if (missing !== undefined) return businessError(1030002000, `字段${missing}缺失`);
	const wrong = names.find((name) => (name === 'data' ? !isFields(body.data) : typeof body[name] !== 'string'));
	if (wrong !== undefined) return businessError(1030002001, `字段${wrong}类型错误`);
	const malformed = ['page_no', 'page_size'].find((name) => !/^[1-9]\d*$/.test(String(body[name])));
	return malformed === undefined ? undefined : businessError(1030002006, `字段${malformed}格式错误`);
}

/** How `data` filters is [?]; here: the rows that have every value asked for. */
function matching(store: DocumentStore, documents: Document[], wanted: Fields): Document[] {
	const conditions = Object.entries(wanted);
	const fits = (row: Fields) => conditions.every(([name, value]) => Object.hasOwn(row, name) && plain(row[name]) === plain(value));
	return documents.filter((document) => fits(store.shown(document)));
}

export function list({ store, settings, account, body }: Call): Served {
	const problem = problemWith(body);
	if (problem) return { reply: problem };
	const { biz_type, data, page_no, page_size } = body as Asked;
	if (settings.largerPages === 'refused' && Number(page_size) > settings.largestPage) return { reply: businessError(1030002006, '字段page_size格式错误') };
	const [page, size] = [Number(page_no), Math.min(Number(page_size), settings.largestPage)];
	settings.onListPage({ accountId: account.accountId, bizType: biz_type, page });
	const all = store.of(account, biz_type).filter(({ id }) => !settings.leavesOut(id));
	const chosen = settings.listFilters === 'equality' ? matching(store, all, data) : all;
	if (settings.listOrder === 'newest') chosen.reverse();
	const rows = chosen.slice((page - 1) * size, page * size).map((document) => store.shown(document));
	return { reply: success(SHAPES[settings.listShape](rows, chosen.length)) };
}

export function detail({ store, settings, account, body }: Call): Served {
	const problem = problemWith(body);
	if (problem) return { reply: problem };
	const { biz_type, data } = body as Asked;
	const key = settings.detailKeys.find((name) => data[name] !== undefined);
	if (key === undefined) return { reply: businessError(1030002000, `字段${settings.detailKeys.join('、')}缺失`) };
	const [found] = matching(store, store.of(account, biz_type), { [key]: data[key] });
	return { reply: found ? success({ data: store.shown(found) }) : businessError(1030002003, '单据不存在') };
}
