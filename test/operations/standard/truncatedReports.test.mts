import type { IDataObject } from 'n8n-workflow';

import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const PERIOD = { start_date: '2026-01-01', end_date: '2026-02-01' };

let emulator: Emulator;
afterEach(async () => await emulator.stop());
const start = async (rowsEverywhere: number) => {
	emulator = await Emulator.start({ rowsEverywhere, callsPerSecond: Infinity });
};

async function read(path: string, filters: IDataObject, more: IDataObject = { returnAll: true }) {
	const parameters = { resource: 'report', operation: 'getMany', report: { __rl: true, mode: 'path', value: path }, filterMode: 'json', filtersJson: JSON.stringify(filters), ...more } as IDataObject;
	const { json, failed, hints } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
	const [error] = failed.map(({ json: { error: one } }) => one as IDataObject);
	return { json, error, told: hints('JDY').map(({ message }) => message) };
}

const receivables = async (more?: IDataObject, filters: IDataObject = {}) => await read('arap/ar_report', { ...PERIOD, ...filters }, more);

const CUT = {
	message: 'JDY cuts this report at 100 rows where no filter narrows it, and 100 came: some are most likely missing',
	description: 'Read it in parts, for example by customer or department; with Limit 100 the rows come as they are.',
	outcome: 'rejected',
	report: 'arap/ar_report',
};

describe('receivables', () => {
	it.each<[string, number, IDataObject]>([
		['all rows', 250, { returnAll: true }],
		['more rows than JDY leaves', 250, { limit: 120 }],
		['all rows, where the firm may have just so many', 100, { returnAll: true }],
	])('that JDY cuts are an error: %s', async (_what, count, more) => {
		await start(count);
		expect(await receivables(more)).toMatchObject({ json: [], error: CUT });
	});

	it('that JDY cuts are an error with filters that choose only how they are shown', async () => {
		await start(250);
		expect(await receivables(undefined, { order_by: '1', not_view_zero: '1' })).toMatchObject({ json: [], error: CUT });
	});

	it.each<[string, number, IDataObject, number]>([
		['just so many as are wanted', 250, { limit: 100 }, 100],
		['fewer', 250, { limit: 30 }, 30],
		['of a firm that has fewer', 99, { returnAll: true }, 99],
	])('come as they are: %s', async (_what, count, more, expected) => {
		await start(count);
		const { json, error, told } = await receivables(more);
		expect([json.length, error, told]).toEqual([expected, undefined, []]);
	});

	it('come whole with a filter', async () => {
		await start(250);
		const { json, error } = await receivables(undefined, { dept_ids: ['1'] });
		expect([json.length, error]).toEqual([250, undefined]);
	});
});

const ROWS = Array.from({ length: 250 }, (_unused, index) => ({ customer_name: `C${index}`, all_amount: `${index}` }));
/** What a page tells beside its rows. */
type Told = (page: number, count: number) => IDataObject;

function serve(rows: IDataObject[], told: Told): void {
	emulator.chooseFault = ({ target }) => {
		const query = new URL(target, 'http://localhost').searchParams;
		const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 100)];
		const shown = rows.slice((page - 1) * size, page * size);
		return answerWith(200, { errcode: 0, description: 'success', data: { rows: shown, ...told(page, shown.length) } });
	};
}

describe('a report that tells only on its first page rightly how much there is', () => {
	const SALES = 'sal/sal_summary_rpt_ims';
	const sales = async (more?: IDataObject) => await read(SALES, { filter_summary_field: 'customerid', ...PERIOD }, more);

	it('comes whole from the emulator', async () => {
		await start(250);
		const { json, error } = await sales();
		expect([json.length, error]).toEqual([250, undefined]);
	});

	it.each<[string, Told]>([
		['pages, then none', (page) => ({ count: '250', total_page: page === 1 ? 3 : 0 })],
		['rows, then none', (page) => ({ count: page === 1 ? '250' : '0', total_page: page === 1 ? 3 : 0 })],
		['rows, then those of the page', (page, count) => ({ count: page === 1 ? 250 : count })],
		['rows, then others', (page) => ({ count: page === 1 ? 250 : 999 })],
		['pages only', (page) => ({ total_page: page === 1 ? 3 : 1 })],
		['pages, then more', (page) => ({ total_page: page === 1 ? 3 : 9 })],
	])('comes whole: %s', async (_what, told) => {
		await start(0);
		serve(ROWS, told);
		const { json, error, told: hints } = await sales();
		expect([json, error, hints]).toEqual([ROWS, undefined, []]);
	});

	it('is an error where rows that it counts do not come', async () => {
		await start(0);
		serve(ROWS.slice(0, 200), (page) => ({ count: page === 1 ? '250' : '0' }));
		const { json, error } = await sales();
		expect([json, error?.message]).toEqual([[], 'The list did not come whole, read twice: of 250 rows that JDY counts 50 did not come']);
	});

	it('comes with a hint where pages that it tells of do not', async () => {
		await start(0);
		serve(ROWS.slice(0, 200), (page) => ({ total_page: page === 1 ? 4 : 0 }));
		const { json, told } = await sales();
		expect([json.length, told]).toEqual([200, ['JDY tells of pages for at least 301 rows, but 200 came: some may be missing']]);
	});

	it('says nothing of pages that were not wanted', async () => {
		await start(0);
		serve(ROWS, () => ({ total_page: 3 }));
		const { json, told } = await sales({ limit: 120 });
		expect([json.length, told]).toEqual([120, []]);
	});

	it('is refused for more than six months with what to do', async () => {
		await start(3);
		const { error } = await read(SALES, { filter_summary_field: 'customerid', start_date: '2026-01-01', end_date: '2026-12-31' });
		expect(error).toMatchObject({ outcome: 'rejected', description: 'JDY takes at most 6 months at once. Read it in parts, for example with one item for each month.' });
	});
});

it('any other report of just 100 rows comes with a hint', async () => {
	await start(0);
	serve(ROWS.slice(0, 100), () => ({ count: 100 }));
	const { json, told } = await read('arap/ar_summary_report', PERIOD);
	expect([json.length, told]).toEqual([100, ['Just 100 rows came: JDY cuts some reports there where no filter narrows them, so some may be missing']]);
	expect(await read('arap/ar_summary_report', { ...PERIOD, customer_ids: ['1'] })).toMatchObject({ told: [] });
});
