import type { IDataObject } from 'n8n-workflow';

import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

type Row = Record<string, unknown>;
/** What stands in the answer beside errcode and description. */
type Shape = (rows: Row[], total: number) => IDataObject;

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

const LISTS: Array<[string, IDataObject]> = [
	['custom documents', { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', returnAll: true }],
	['sales orders', { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, returnAll: true }],
	['a report', { resource: 'report', operation: 'getMany', report: { __rl: true, mode: 'list', value: 'scm/inventory' }, returnAll: true }],
];

function asked({ body, target }: { body: string; target: string }): { page: number; size: number } {
	const query = new URL(target, 'http://localhost').searchParams;
	const given = (body === '' ? Object.fromEntries(query) : JSON.parse(body)) as Record<string, string>;
	return { page: Number(given.page_no ?? given.page), size: Number(given.page_size) };
}

/** Answers as a gateway whose books may change from call to call. */
function serve(books: (call: number) => Row[], shape: Shape, { largest = 100, atOnce, shown = (page) => page }: { largest?: number; atOnce?: number; shown?: (page: number) => number } = {}): void {
	let calls = 0;
	emulator.chooseFault = (request) => {
		const { page, size } = asked(request);
		const rows = books(++calls);
		const real = atOnce ?? Math.min(size, largest);
		return answerWith(200, { errcode: 0, description: 'success', ...shape(rows.slice((shown(page) - 1) * real, shown(page) * real), rows.length) });
	};
}

const documents = (count: number) => Array.from({ length: count }, (_unused, index) => ({ id: `${index + 1}`, bill_no: `NO${index + 1}` }));
const unnamed = (count: number, from = 1) => Array.from({ length: count }, (_unused, index) => ({ material_name: `M${from + index}`, qty: index }));

const counted: Shape = (rows, count) => ({ data: { rows, count } });
const uncounted: Shape = (rows) => ({ data: { rows } });

describe.each(LISTS)('%s', (_list, parameters) => {
	const read = async () => await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
	const errorIn = (failed: Awaited<ReturnType<typeof read>>['failed']) => failed.map(({ json }) => (json.error as IDataObject).message);

	it.each<[string, Row[], Shape, Parameters<typeof serve>[2]?]>([
		['cut to 25 rows a page, without a total', documents(130), uncounted, { largest: 25 }],
		['cut to 7 rows a page, with a total', documents(40), counted, { largest: 7 }],
		['with a total that is a text', documents(250), (rows, count) => ({ data: { rows, count: `${count}` } })],
		['with a total of 0', documents(250), (rows) => ({ data: { rows, count: 0 } })],
		['with a total of -1', documents(250), (rows) => ({ data: { rows, count: -1 } })],
		['with the number of rows on the page', documents(250), (rows) => ({ data: { rows, count: rows.length } })],
		['with a total beside data', documents(250), (rows, total) => ({ data: { rows }, total })],
		['with a total in an object', documents(250), (items, total) => ({ data: { page: { total }, items } })],
		['with null for no rows', [], () => ({ data: { rows: null, count: 0 } })],
		['with null for no rows, and headers', [], () => ({ data: { rows: null, headers: [{ name: 'qty' }] } })],
		['with no rows, but headers', [], () => ({ data: { rows: [], headers: [{ name: 'qty' }] } })],
		['with no rows, but items of a menu', [], () => ({ data: { rows: [], menu: { items: [{ name: 'qty' }] } } })],
		['with headers before the rows', documents(12), (rows) => ({ data: { headers: { list: [{ name: 'qty' }] }, rows } })],
		['that shows the same rows for every page', documents(110), uncounted, { shown: () => 1, atOnce: 110 }],
		['that shows the same 100 rows for every page', documents(100), uncounted, { shown: () => 1 }],
		['that shows the same 20 rows for every page', documents(20), uncounted, { shown: () => 1 }],
		['whose documents have two lines at the border of two pages', [...documents(100), { id: '100', bill_no: 'NO100', line: 2 }, ...documents(180).slice(100)], counted],
		['whose rows are named by nothing', unnamed(250), counted],
	])('come whole from a list %s', async (_what, books, shape, more = {}) => {
		serve(() => books, shape, more);
		const { json, failed } = await read();
		expect(errorIn(failed)).toEqual([]);
		expect(json).toEqual(books);
	});

	it.each<[string, (call: number) => Row[]]>([
		['a row comes to the front', (call) => [...unnamed(call, 1000), ...unnamed(250)]],
		['a row goes', (call) => unnamed(300 - call, 1 + call)],
		['a row comes to the front and another one goes at the end', (call) => [...unnamed(call, 1000), ...unnamed(250)].slice(0, 250)],
	])('are told not to have come whole where %s with each page', async (_what, books) => {
		serve(books, counted);
		const { json, failed } = await read();
		expect(json).toEqual([]);
		expect(errorIn(failed)).toEqual([expect.stringMatching(/^The list did not come whole, read twice: /)]);
	});

	it('are read again where a row came to the front once', async () => {
		serve((call) => (call === 1 ? unnamed(250) : [{ material_name: 'new' }, ...unnamed(250)]), counted);
		const { json } = await read();
		expect(json).toEqual([{ material_name: 'new' }, ...unnamed(250)]);
	});

	it('are told to be two where nothing tells them apart', async () => {
		serve(() => [...unnamed(100), ...unnamed(150)], counted);
		const { json, hints } = await read();
		expect(json).toHaveLength(250);
		expect(hints('JDY').map(({ message }) => message)).toContain('100 rows came with the content of another on another page; nothing tells whether they are the same');
	});

	it.each<[string, unknown, string]>([
		['null', [null, { id: '1' }], 'data.rows (list of nulls)'],
		['texts', ['1'], 'data.rows (list of strings)'],
		['lists', [[{ id: '1' }]], 'data.rows (list of objects)'],
	])('are not taken from rows that are %s', async (_what, rows, shape) => {
		emulator.chooseFault = () => answerWith(200, { errcode: 0, description: 'success', data: { rows, count: 2 } });
		const { json, failed } = await read();
		expect([json, errorIn(failed)]).toEqual([[], [`No rows could be found in the answer; it holds ${shape}, data.count (number)`]]);
	});
});
