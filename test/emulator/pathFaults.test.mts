import { Desk } from './client.mts';
import { onPaths } from './pathFaults.mts';
import { forbidden, html, lost, slow } from './replies.mts';

const desk = new Desk();
beforeEach(async () => await desk.start({ seed: 'traps' }));
afterAll(async () => await desk.stop());

const get = async (call: string) => await desk.call({ method: 'GET', target: `/jdy/v2/${call}` });

it('single calls go wrong, and the others do not', async () => {
	desk.emulator.chooseFault = onPaths({ 'bd/emp': forbidden(), 'GET bd/customer': [html(502), undefined, lost()] });
	expect([(await get('bd/emp')).body.errcode, (await get('bd/emp')).body.errcode, (await get('bd/store')).body.errcode]).toEqual([4012, 4012, 0]);
	expect([(await get('bd/customer')).status, (await get('bd/customer?search=x')).status]).toEqual([502, 200]);
	await expect(get('bd/customer')).rejects.toThrow();
	expect((await desk.call({ target: '/jdy/v2/bd/customer', body: { number: 'N1', name: 'N1' } })).body.errcode).toBe(0);
	expect(desk.emulator.calls()).toEqual({ 'GET bd/emp': 2, 'GET bd/store': 1, 'GET bd/customer': 3, 'POST bd/customer': 1 });
});

it('an answer comes late', async () => {
	desk.emulator.chooseFault = onPaths({ 'bd/emp': slow(60) });
	const before = performance.now();
	expect((await get('bd/emp')).body.errcode).toBe(0);
	expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});

it('master data can be added while it runs', async () => {
	const [added] = desk.emulator.seed([{ entity: 'bd.customer', number: 'N1', name: '新客户', group_name: '批发' }]);
	expect((await get(`bd/customer_detail?number=N1`)).body.data).toMatchObject({ id: added?.id, name: '新客户', group_name: '批发' });
	expect(() => desk.emulator.seed([{ entity: 'bd.customer', number: 'N2', group_name: '零售' }])).toThrow('There is no bd.customer_group with the name 零售');
});
