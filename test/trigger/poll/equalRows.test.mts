import { office } from '../../helpers/office.mts';

const answer = (rows: unknown[]) => ({ status: 200, body: JSON.stringify({ errcode: 0, description: 'success', data: { rows, count: rows.length } }) });
const [order, line] = [{ bill_status: 'Z', remark: 'x' }, { bill_status: 'Z', remark: 'y' }];

it.each([
	['documents', '/jdy/v2/scm/sal_order', { resource: 'record', type: { mode: 'list', value: 'scm/sal_order' }, event: 'changed' }],
	['custom documents', '/jdy/v2/cust/list', { resource: 'customDocument', bizType: 'ts_1', event: 'changed' }],
])('equal rows of %s that nothing names come once, however many of them each poll is shown', async (_name, path, parameters) => {
	const room = office();
	const poll = room.triggerOf(parameters);
	const shown = async (rows: unknown[]) => {
		room.setAccident((asked) => (asked === path ? answer(rows) : undefined));
		return (await poll())?.map(({ json }) => json);
	};
	await shown([]);
	expect(await shown([order, order])).toEqual([order]);
	expect(await shown([order])).toBeUndefined();
	expect(await shown([order, order, order])).toBeUndefined();
	expect(await shown([line, order, line, order])).toEqual([line]);
});
