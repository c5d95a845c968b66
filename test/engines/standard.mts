import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../emulator/replies.mts';
import { demoAccount } from '../emulator/settings.mts';
import { KINGDEE_JDY } from '../helpers/nodeType.mts';
import { CONTINUE } from '../helpers/settings.mts';
import { jdy, run, withJdy } from './world.mts';

const ORDER = '/jdy/v2/scm/sal_order';
const type = { __rl: true, mode: 'list', value: 'scm/sal_order' };
const getMany = (more: IDataObject = {}) => ({ resource: 'record', operation: 'getMany', type, ...more });

/** The ID of something that the firm has, the first, second or third. */
const idOf = (entity: string, nth: number) => jdy.emulator.gateway.records.of(demoAccount, entity)[nth]?.id ?? '';
const row = (order: string, customer: number, material: number) => ({
	order,
	bill_date: '2026-03-01',
	customer_id: idOf('bd.customer', customer),
	material_id: idOf('bd.material', material),
	unit_id: idOf('bd.measure_unit', 0),
	qty: 1,
	price: 2,
	is_free: 'false',
});
const rows = () => [row('A', 0, 0), row('B', 1, 1), row('A', 0, 2)];

const grouped = { resource: 'record', operation: 'save', type, dataMode: 'inputItem', lines: 'groupItems', groupBy: 'order', linesField: 'material_entity' };

describe('Kingdee JDY', () => {
	withJdy();

	it('reads a list to its end, page by page', async () => {
		const { done } = await run(KINGDEE_JDY, { parameters: getMany({ returnAll: true }) });
		assert.deepEqual([done.length, new Set(done.map(({ id }) => id)).size], [250, 250]);
		assert.match(String(done[0]?.id), /^\d{19}$/);
		assert.deepEqual(jdy.emulator.ledger.map(({ query }) => query), ['page=1&page_size=100', 'page=2&page_size=100', 'page=3&page_size=100']);
	});

	it('takes a filter from the form, and 50 rows unless told otherwise', async () => {
		const filters = { mappingMode: 'defineBelow', value: { bill_status: 'Audited' } };
		await run(KINGDEE_JDY, { parameters: getMany({ filters }) });
		assert.deepEqual(jdy.emulator.ledger.map(({ query }) => query), ['bill_status=C&page=1&page_size=50']);
	});

	for (const key of ['KH0005', '={{ $json.no }}', { __rl: true, mode: 'list', value: 'KH0005' }, { __rl: true, mode: 'value', value: '={{ $json.no }}' }]) {
		it(`gets what its key says: ${JSON.stringify(key)}`, async () => {
			const { done } = await run(KINGDEE_JDY, { parameters: { resource: 'record', operation: 'get', type: 'bd/customer', by: 'number', key }, items: [{ no: 'KH0005' }] });
			assert.deepEqual(done.map(({ number }) => number), ['KH0005']);
		});
	}

	it('puts a list that JDY refuses on the error output', async () => {
		jdy.emulator.chooseFault = ({ target }) => (target.includes('page_size=7') ? refuse(1030002006, '格式错误') : undefined);
		const { done, failed } = await run(KINGDEE_JDY, { parameters: getMany({ limit: '={{ $json.limit }}' }), items: [{ limit: 2 }, { limit: 7 }], settings: CONTINUE });
		assert.equal(done.length, 2);
		const [{ limit, error } = { limit: 0, error: {} }] = failed;
		const { message, outcome, errcode, type: about } = error as IDataObject;
		assert.deepEqual([failed.length, limit, message, outcome, errcode, about], [1, 7, '格式错误', 'rejected', 1030002006, 'scm/sal_order']);
	});

	it('makes one document of the items that share a number', async () => {
		const { done } = await run(KINGDEE_JDY, { parameters: grouped, items: rows() });
		assert.deepEqual(done.map(({ outcome }) => outcome), ['saved', 'saved']);
		const bodies = jdy.emulator.ledger.filter(({ path }) => path === ORDER).map(({ body }) => JSON.parse(body) as { customer_id: string; material_entity: Array<{ material_id: string }> });
		const made = bodies.map(({ customer_id, material_entity }) => [customer_id, material_entity.map(({ material_id }) => material_id)]);
		const [first, second, third] = [0, 1, 2].map((nth) => idOf('bd.material', nth));
		assert.deepEqual(made, [[idOf('bd.customer', 0), [first, third]], [idOf('bd.customer', 1), [second]]]);
	});

	it('puts a document of several items that JDY refuses on the error output, and no item of it on the other', async () => {
		jdy.emulator.chooseFault = ({ body }) => (body.includes(`"customer_id":"${idOf('bd.customer', 0)}"`) ? refuse(2016013001, '缺货') : undefined);
		const { done, failed } = await run(KINGDEE_JDY, { parameters: grouped, items: rows(), settings: CONTINUE });
		assert.deepEqual(done.map(({ outcome }) => outcome), ['saved']);
		const told = failed.map(({ order, material_id, error }) => [order, material_id, (error as IDataObject).message, (error as IDataObject).outcome]);
		assert.deepEqual(told, [0, 2].map((nth) => ['A', idOf('bd.material', nth), '缺货', 'rejected']));
	});
});
