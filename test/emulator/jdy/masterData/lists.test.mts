import { Desk } from '../../client.mts';
import type { Settings } from '../../settings.mts';

const desk = new Desk();
const start = async (settings: Partial<Settings> = {}) => await desk.start({ seed: 'traps', callsPerSecond: Infinity, callsPerMinute: Infinity, ...settings });
beforeEach(async () => await start());
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const get = async (call: string) => (await desk.call({ method: 'GET', target: `/jdy/v2/${encodeURI(call)}` })).body;
const rowsOf = async (call: string) => ((await get(call)).data as { rows: Row[] }).rows;
const namesIn = async (call: string) => (await rowsOf(call)).map(({ name }) => name);
const numbersIn = async (call: string) => (await rowsOf(call)).map(({ number }) => number);
const idOf = async (call: string) => ((await get(call)).data as { id: string }).id;

describe('search', () => {
	it.each([
		['is over names and finds more than the equal one', 'bd/customer?search=上海五金商行', ['KH0001', 'KH0002', 'KH0003']],
		['does not look at numbers', 'bd/customer?search=KH0001', []],
		['does not care for spaces and case', 'bd/material?search=螺丝m4', ['SP0001', 'SP0002']],
		['finds a name with spaces around it', 'bd/customer?search=空格商行', ['KH0009']],
		['leaves out what is disabled', 'bd/customer?search=深圳电子', ['KH0007']],
		['finds what is disabled with enable=-1', 'bd/customer?search=深圳电子&enable=-1', ['KH0006', 'KH0007']],
		['of ledger accounts looks at numbers, too', 'fi/account?search=1002', ['1002', '100201', '100202']],
		['is unknown to brands', 'bd/material_brand?search=nothing', ['PP01']],
	])('%s', async (_name, call, numbers) => expect(await numbersIn(call)).toEqual(numbers));

	it('answers everything where a page is told to ignore what was to be filtered', async () => {
		await start({ listSlip: ({ path }) => (path === '/jdy/v2/bd/store' ? 'unfiltered' : undefined) });
		expect(await numbersIn('bd/store?search=主仓')).toEqual(['CK01', 'CK02', 'CK03', 'CK04']);
	});
});

describe('disabled rows', () => {
	it.each([
		['bd/material?search=电钻', ['SP0008']],
		['bd/material?search=电钻&enable=0', ['SP0007']],
		['bd/material?search=电钻&enable=-1', ['SP0007', 'SP0008']],
		['bd/supplier?search=武汉制造厂&enable=0', ['GYS0004']],
		// No filter, and rows that carry the flag.
		['bd/department?search=采购部', ['BM02', 'BM03']],
		['fi/account?search=停用', ['100202']],
	])('%s answers %j', async (call, numbers) => expect(await numbersIn(call)).toEqual(numbers));

	it.each(['bd/material?enable=-1&page_size=100', 'bd/supplier?enable=-1'])('%s has rows without a flag', async (call) => {
		expect((await rowsOf(call)).filter((row) => 'enable' in row)).toEqual([]);
	});

	it('details have it', async () => {
		expect([(await get('bd/material_detail?number=SP0007')).data, (await get('bd/supplier_detail?number=GYS0003')).data]).toMatchObject([{ enable: '0' }, { enable: '0' }]);
		expect((await rowsOf('bd/department')).map(({ enable }) => enable)).toEqual(['1', '1', '1', '0']);
	});
});

describe('what depends on something else', () => {
	it('units are those of the product, and their rows have IDs of their own', async () => {
		const [first, second] = [await idOf('bd/material_detail?number=SP0001'), await idOf('bd/material_detail?number=SP0003')];
		const rows = await rowsOf(`bd/material_unit?material_id=["${first}","${second}"]&un_page=1`);
		expect(rows.map(({ material_id, unit_id, unit_name, coefficient }) => [material_id, unit_id, unit_name, coefficient])).toEqual([
			[first, '8', '个', 1],
			[first, '9', '盒', 100],
			[first, '10', '箱', 2000],
			[second, '11', '千克', 1],
			[second, '10', '箱', 25],
		]);
		expect(rows.filter(({ id }) => ['8', '9', '10', '11'].includes(String(id)))).toEqual([]);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(5);
		expect(rows.filter((row) => 'number' in row)).toEqual([]);
	});

	it('products show their units where they are asked for them', async () => {
		expect((await rowsOf('bd/material?search=铁钉&show_units=true'))[0]).toMatchObject({ base_unit_id: '11', units: [{ unit_id: '11', unit_number: 'DW04', unitid_name: '千克' }, { unit_id: '10', unit_number: 'DW03', unitid_name: '箱' }] });
		expect((await rowsOf('bd/material?search=铁钉'))[0]).not.toHaveProperty('units');
	});

	it('combinations of properties stand in the detail of the product', async () => {
		expect((await get('bd/material_detail?number=SP0004')).data).toMatchObject({ is_asst_attr: true, aux_entity: [{ sku_id: expect.stringMatching(/^\d{19}$/), aux_combination_name: '红/XL' }, { aux_combination_name: '红/L' }] });
	});

	it('bins of a warehouse, whose numbers others have as well', async () => {
		const warehouse = await idOf('bd/store_detail?number=CK02');
		expect(await rowsOf(`bd/spaces?groupid=["${warehouse}"]`)).toMatchObject([{ number: 'A01', group_id: warehouse, group_number: 'CK02', group_name: '门店仓' }, { number: 'B01' }]);
		expect(await numbersIn('bd/spaces?search=一号位')).toEqual(['A01', 'A01']);
		expect((await get('bd/space_detail?number=B01')).data).toMatchObject({ stock_id: warehouse });
	});

	it('auxiliary data of a group', async () => {
		expect(await namesIn('bd/aux_info?group=["5"]')).toEqual(['其他', '样品']);
		expect(await rowsOf('bd/aux_info?name=其他')).toMatchObject([{ id: '11', group: '3' }, { id: '12', group: '4' }, { id: '13', group: '5' }]);
		expect(await rowsOf('bd/aux_info?number=001&group=["2"]')).toMatchObject([{ id: '6', name: '快递' }]);
	});

	it('regions are one tree without numbers', async () => {
		const rows = await rowsOf('sys/division_load');
		expect(rows).toMatchObject([{ name: '广东省', level: '1', son_nodes: [{ name: '广州市', level: '2', son_nodes: [{ name: '天河区', level: '3' }, { name: '城区' }, { name: '其它' }] }, { name: '深圳市' }, { name: '其它' }] }, { name: '浙江省' }, { name: '北京市' }, { name: '上海市' }]);
		expect(JSON.stringify(rows)).not.toContain('number');
	});
});

describe('details', () => {
	it.each<[Settings['detailByNumber'], number, number, number]>([['all', 0, 0, 0], ['documentedOnly', 0, 1030002000, 0], ['none', 1030002000, 1030002000, 1030002000]])('with detailByNumber %s', async (detailByNumber, product, customer, warehouse) => {
		await start({ detailByNumber });
		expect(await Promise.all(['bd/material_detail?number=SP0001', 'bd/customer_detail?number=KH0001', 'bd/store_detail?number=CK01'].map(async (call) => (await get(call)).errcode))).toEqual([product, customer, warehouse]);
		const [row] = await rowsOf('bd/customer');
		expect((await get(`bd/customer_detail?id=${String(row?.id)}`)).data).toMatchObject({ number: 'KH0001', group_id: expect.any(String), saler_name: '王芳' });
	});

	it('tell leading zeros apart, and a number that looks like an ID', async () => {
		expect([await idOf('bd/customer_detail?number=0012'), await idOf('bd/customer_detail?number=12')].filter((id, index, all) => all.indexOf(id) === index)).toHaveLength(2);
		expect((await get('bd/customer_detail?number=1234567890123456789')).data).toMatchObject({ name: '长编码商行' });
		expect((await get('bd/customer_detail?id=1234567890123456789')).errcode).toBe(1030002003);
	});

	it.each(['bd/settlement_type', 'bd/settling_term'])('%s has no numbers', async (call) => {
		expect((await rowsOf(call)).filter((row) => 'number' in row)).toEqual([]);
	});
});

it('a page has 100 rows at most, and un_page all or 100', async () => {
	const masterData = Array.from({ length: 130 }, (_unused, index) => [{ entity: 'bd.logistics_company', number: `L${index}`, name: `L${index}` }, { entity: 'sys.country_load', number: `C${index}`, name: `C${index}` }]).flat();
	await start({ seed: 'none', masterData });
	const lengths = await Promise.all(['bd/logistics_company?page_size=500', 'bd/logistics_company?un_page=1', 'sys/country_load?un_page=1'].map(async (call) => (await rowsOf(call)).length));
	expect(lengths).toEqual([100, 130, 100]);
});
