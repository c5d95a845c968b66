import { Desk } from '../../client.mts';
import { demoAccount } from '../../settings.mts';
import { savesWithReferences, referencesOf } from '../references/notation.mts';
import { EVERY_KIND } from './everyKind.mts';

const desk = new Desk();
beforeAll(async () => await desk.start({ seed: 'everyKind', callsPerSecond: Infinity }));
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const get = async (call: string) => (await desk.call({ method: 'GET', target: `/jdy/v2/${encodeURI(call)}` })).body.data as Row & { rows: Row[] };

it('has each kind that a save refers to', () => {
	const kinds = new Set(savesWithReferences().flatMap((call) => [...referencesOf(call).values()].map(({ entity }) => entity)));
	const seeded = new Set(EVERY_KIND.map(({ entity }) => entity));
	// Units and combinations follow from products, cards from members; a check task is a document.
	expect([...kinds].filter((kind) => kind !== undefined && !seeded.has(kind)).sort()).toEqual(['bd.material_sku', 'bd.material_unit', 'ls.member_card', 'scm.inv_check_task']);
});

it.each(['bd/customer', 'bd/supplier', 'bd/store', 'bd/emp', 'bd/settlement_type'])('%s finds more than was searched, and the disabled one only if asked', async (call) => {
	expect((await get(`${call}?search=甲`)).rows.map(({ name }) => name)).toEqual(['甲 二', '甲']);
	expect((await get(`${call}?search=丁`)).rows).toHaveLength(1);
	expect((await get(`${call}?search=丁&enable=-1`)).rows).toHaveLength(2);
});

it('products are counted in two units, and have combinations of their own', async () => {
	const { id, aux_entity } = await get('bd/material_detail?number=0012');
	const rows = (await get(`bd/material_unit?material_id=["${String(id)}"]&un_page=1`)).rows;
	expect(rows.map(({ unit_name, coefficient }) => [unit_name, coefficient])).toEqual([['乙', 1], ['甲', 12]]);
	const skus = desk.emulator.gateway.records.of(demoAccount, 'bd.material').flatMap(({ data }) => (data.aux_entity as Row[]).map(({ sku_id }) => sku_id));
	expect([(aux_entity as Row[]).map(({ aux_combination_name }) => aux_combination_name), new Set(skus).size]).toEqual([['甲', '乙'], 18]);
});

it('bins, auxiliary data and regions depend on what they are in', async () => {
	const warehouse = await get('bd/store_detail?number=0012');
	expect((await get(`bd/spaces?groupid=["${String(warehouse.id)}"]&search=甲`)).rows).toMatchObject([{ name: '甲 二' }, { number: '0012', name: '甲', group_number: '0012' }]);
	expect((await get('bd/spaces?search=甲')).rows).toHaveLength(4);
	expect((await get('bd/aux_info?group=["2"]&search=甲')).rows).toHaveLength(2);
	expect((await get('sys/division_load')).rows.map(({ name, son_nodes }) => [name, (son_nodes as Row[]).map((city) => city.name)])).toEqual([['乙', ['乙', '甲']], ['甲', ['乙', '甲']]]);
});
