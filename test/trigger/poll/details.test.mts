import type { IDataObject } from 'n8n-workflow';

import { Changes } from '../../emulator/changes.mts';
import { office } from '../../helpers/office.mts';
import type { Office } from '../../helpers/office.mts';

const ORDERS = 'scm.sal_order';
const BIZ_TYPE = 'ts_model';

interface Source {
	kind: string;
	detailPath: string;
	parameters: IDataObject;
}

const sources: Array<[string, Source]> = [
	[
		'documents',
		{
			kind: ORDERS,
			detailPath: '/jdy/v2/scm/sal_order_detail',
			parameters: { resource: 'record', type: { mode: 'list', value: 'scm/sal_order' }, event: 'changed', details: true, options: { callsPerMinute: 0, maxAttempts: 1 } },
		},
	],
	[
		'custom documents',
		{
			kind: BIZ_TYPE,
			detailPath: '/jdy/v2/cust/detail',
			parameters: { resource: 'customDocument', bizType: BIZ_TYPE, event: 'changed', details: true, options: { callsPerMinute: 0, maxAttempts: 1 } },
		},
	],
];

const envelope = (data: unknown) => JSON.stringify({ errcode: 0, description: 'success', data });

/** A trigger that has seen what was there, and a document that is new since. */
async function oneNew({ gateway, triggerOf }: Office, { kind, parameters }: Source) {
	const poll = triggerOf(parameters);
	await poll();
	const changes = new Changes(gateway);
	const { id } = changes.create(kind, { customer_name: 'v1', remark: 'of the whole document' });
	return { poll, id, changes };
}

describe.each(sources)('details of %s', (_name, source) => {
	it('are those of the document that the list names', async () => {
		const room = office();
		const { poll, id } = await oneNew(room, source);
		expect((await poll())?.map(({ json }) => json)).toEqual([expect.objectContaining({ id, customer_name: 'v1', remark: 'of the whole document' })]);
		expect(room.paths.at(-1)).toBe(source.detailPath);
		expect(await poll()).toBeUndefined();
	});

	it.each([
		['answers with another document', envelope({ id: '9', customer_name: 'of another' })],
		['answers with another document, whose ID is a number', '{"errcode":0,"description":"success","data":{"id":9,"customer_name":"of another"}}'],
		['answers with nothing', envelope(null)],
		['answers with an empty object', envelope({})],
		['refuses to show it', '{"errcode":1030002006,"description":"no such document","data":null}'],
	])('are not given out where JDY %s: the row of the list is, once', async (_case, body) => {
		const room = office();
		const { poll, id } = await oneNew(room, source);
		room.setAccident((path) => (path === source.detailPath ? { status: 200, body } : undefined));
		const items = (await poll())?.map(({ json }) => json);
		expect(items).toEqual([expect.objectContaining({ id, customer_name: 'v1' })]);
		expect(JSON.stringify(items)).not.toContain('of another');
		expect(room.logs).toContain('Kingdee JDY Trigger: 1 of 1 documents could not be read whole and come as their rows in the list');
		room.setAccident(() => undefined);
		expect(await poll()).toBeUndefined();
	});

	it('keep the others whole where JDY answers with another document for one', async () => {
		const room = office();
		const { poll, id: first, changes } = await oneNew(room, source);
		const { id: second } = changes.create(source.kind, { customer_name: 'v2' });
		let calls = 0;
		room.setAccident((path) => (path === source.detailPath && calls++ === 0 ? { status: 200, body: envelope({ id: '9', customer_name: 'of another' }) } : undefined));
		const items = (await poll())?.map(({ json }) => [json.id, json.customer_name]);
		expect(items?.toSorted()).toEqual([[first, 'v1'], [second, 'v2']].toSorted());
		expect(await poll()).toBeUndefined();
	});

	it('come with the next poll where they could not be read', async () => {
		const room = office();
		const { poll, id } = await oneNew(room, source);
		room.setAccident((path) => (path === source.detailPath ? { status: 500, body: '<html></html>' } : undefined));
		await expect(poll()).rejects.toThrow();
		room.setAccident(() => undefined);
		expect((await poll())?.map(({ json }) => [json.id, json.remark])).toEqual([[id, 'of the whole document']]);
	});
});

describe('details of documents whose rows have a number and no ID', () => {
	it.each([
		['are asked for by the number', { id: '5', bill_no: 'A-1', remark: 'whole' }, [{ id: '5', bill_no: 'A-1', remark: 'whole' }]],
		['are not given out where JDY answers with another number', { id: '5', bill_no: 'B-2', remark: 'of another' }, [{ bill_no: 'A-1' }]],
	])('%s', async (_case, document, expected) => {
		const room = office();
		const [, source] = sources[0] ?? [];
		if (!source) throw new Error('There is no source');
		const poll = room.triggerOf(source.parameters);
		await poll();
		room.setAccident((path) => ({ status: 200, body: envelope(path === source.detailPath ? document : { rows: [{ bill_no: 'A-1' }], count: 1 }) }));
		expect((await poll())?.map(({ json }) => json)).toEqual(expected);
		expect(room.paths).toContain(source.detailPath);
	});
});
