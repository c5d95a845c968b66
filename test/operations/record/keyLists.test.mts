import type { IDataObject } from 'n8n-workflow';

import { onPaths } from '../../emulator/pathFaults.mts';
import { forbidden, html } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { searchedInEditor } from '../../helpers/loadOptions.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

const located = (mode: string, value: string) => ({ __rl: true, mode, value });
const idOf = (entity: string, number: string): string => emulator.gateway.records.of(demoAccount, entity).find((record) => record.number === number)?.id ?? '';
const search = async (type: string, filter?: string, { by = 'number', page }: { by?: string; page?: string } = {}) =>
	await searchedInEditor(emulator, 'searchDocuments', { resource: 'record', operation: 'get', type: located('list', type), by }, filter, page);

describe('the list of what Get can read', () => {
	it.each([
		['part of a name', 'bd/customer', '成都', [['KH0005 成都五金商行 05', 'KH0005'], ['KH0015 成都五金商行 15', 'KH0015'], ['KH0025 成都五金商行 25', 'KH0025']]],
		['a number, in small letters', 'bd/customer', 'kh0017', [['KH0017 西安五金商行 17', 'KH0017']]],
		['the number of an order behind the first page', 'scm/sal_order', 'XSDD000203', [['XSDD000203 杭州五金商行 24 2026-07-23', 'XSDD000203']]],
		['what nothing is called', 'bd/customer', '没有这个', []],
	])('finds %s', async (_what, type, filter, found) => {
		expect((await search(type, filter)).results.map(({ name, value }) => [name, value])).toEqual(found);
	});

	it('gives IDs where Get reads by ID, and for what JDY gives by ID alone', async () => {
		expect((await search('scm/sal_order', 'XSDD000203', { by: 'id' })).results).toEqual([{ name: 'XSDD000203 杭州五金商行 24 2026-07-23', value: idOf('scm.sal_order', 'XSDD000203') }]);
		const [term] = emulator.gateway.records.of(demoAccount, 'bd.settling_term');
		expect((await search('bd/settling_term', '现结')).results).toMatchObject([{ value: term?.id }]);
	});

	it('goes on page by page where nothing is searched for', async () => {
		const pages = [await search('scm/sal_order'), await search('scm/sal_order', '', { page: '2' }), await search('scm/sal_order', '', { page: '3' })];
		expect(pages.map(({ results, paginationToken }) => [results.length, results[0]?.value, paginationToken])).toEqual([[100, 'XSDD000001', '2'], [100, 'XSDD000101', '3'], [50, 'XSDD000201', undefined]]);
	});

	it('does without what the account refuses beside the list', async () => {
		emulator.chooseFault = onPaths({ 'GET bd/customer_detail': forbidden() });
		expect((await search('bd/customer', '成都')).results).toHaveLength(3);
	});

	it('says so where JDY does not give the list', async () => {
		emulator.chooseFault = onPaths({ 'GET bd/customer': html(502) });
		await expect(search('bd/customer')).rejects.toThrow(/502|no JSON|page/i);
	});

	it.each(['', 'ebx/reimb_detail', 'no/such_type'])('is empty for the type "%s"', async (type) => {
		expect(await search(type)).toEqual({ results: [] });
		expect(emulator.ledger).toEqual([]);
	});
});

describe('Get reads what its field says', () => {
	const id = () => idOf('bd.customer', 'KH0005');
	it.each<[string, string, () => unknown, IDataObject]>([
		['a plain text, as older workflows have it', 'number', () => 'KH0005', {}],
		['a plain expression', 'number', () => '={{ $json.no }}', { no: 'KH0005' }],
		['an expression that gives a list', 'number', () => '={{ [$json.no] }}', { no: 'KH0005' }],
		['what was chosen from the list', 'number', () => ({ ...located('list', 'KH0005'), cachedResultName: 'KH0005 成都五金商行 05' }), {}],
		['a value', 'number', () => located('value', ' KH0005 '), {}],
		['an expression as value', 'number', () => located('value', '={{ $json.no }}'), { no: 'KH0005' }],
		['an ID as value', 'id', () => located('value', id()), {}],
		['an ID in a plain text', 'id', id, {}],
	])('%s', async (_what, by, key, item) => {
		const { json } = await kingdeeJdy(emulator, { items: [item], parameters: { resource: 'record', operation: 'get', type: 'bd/customer', by, key: key() } as IDataObject });
		expect(json).toMatchObject([{ number: 'KH0005', name: '成都五金商行 05' }]);
	});

	it.each([
		['an expression that is not filled in', located('value', '{{ $json.no }}'), expect.stringMatching(/^Item 0: Number holds an expression that is not filled in/)],
		['an expression that found nothing', located('value', '={{ $json.none }}'), 'Item 0: Number must not be empty'],
		['an object', '={{ ({ a: 1 }) }}', 'Item 0: Number must be text, a number or a list, but is an object'],
	])('%s is refused', async (_what, key, message) => {
		const { failed, error } = await kingdeeJdy(emulator, { items: [{ no: 'KH0005' }], settings: CONTINUE, parameters: { resource: 'record', operation: 'get', type: 'bd/customer', by: 'number', key } });
		expect(error?.message ?? (failed[0]?.json.error as IDataObject).message).toEqual(message);
		expect(emulator.ledger).toEqual([]);
	});
});
