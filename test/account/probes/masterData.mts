import { codes, countIn, dataOf, isDone, rowsOf, textOf } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';

/** How many rows a list has: as it counts them, but no fewer than it shows; -1: it answers none. */
async function rowsIn(context: ProbeContext, path: string, query: Record<string, string> = {}): Promise<number> {
	const answer = await context.call(path, { page: '1', page_size: '100', ...query });
	return isDone(answer) ? Math.max(countIn(dataOf(answer), 'count'), rowsOf(answer).length) : -1;
}

/** Whether a list leaves out what is disabled. */
function hidesDisabled(path: string): Probe['run'] {
	return async (context) => {
		const [plain, all] = [await rowsIn(context, path), await rowsIn(context, path, { enable: '-1' })];
		if (plain < 0 || all < 0) return open({ count: 'missing' });
		if (all > plain) return confirmed({ plain, withDisabled: all });
		const disabled = await rowsIn(context, path, { enable: '0' });
		const seen = { plain, withDisabled: all, disabled };
		return disabled > 0 ? contradicted(seen, 'Include Disabled changes nothing here.') : open({ ...seen, why: 'tooFewRows' });
	};
}

/** Whether a detail is found by a number alone. */
function byNumber(kind: string): Probe['run'] {
	return async (context) => {
		const row = (await context.firstRows(`bd/${kind}`)).find(({ number }) => textOf(number) !== '');
		if (!row) return open({ why: 'noRows' });
		const answer = await context.call(`bd/${kind}_detail`, { number: textOf(row.number) });
		return whether(isDone(answer), codes(answer), 'Give IDs: the nodes look the ID up in the list where a number is refused.');
	};
}

async function disabledDetail(context: ProbeContext): Promise<Finding> {
	for (const kind of ['customer', 'material']) {
		const [row] = await context.firstRows(`bd/${kind}`, { enable: '0' });
		if (!row) continue;
		const answer = await context.call(`bd/${kind}_detail`, { id: textOf(row.id) });
		return whether(isDone(answer), codes(answer));
	}
	return open({ why: 'noRows' });
}

async function numberless(context: ProbeContext): Promise<Finding> {
	const lists = [await context.firstRows('bd/settlement_type'), await context.firstRows('bd/settling_term')];
	const rows = lists.flat();
	if (rows.length === 0) return open({ why: 'noRows' });
	const numbered = rows.filter(({ number }) => textOf(number) !== '').length;
	return whether(numbered === 0, { rows: rows.length, numbered });
}

/** Lists with filters by number and name of which it is not said whether they are exact. */
const FILTERED = ['bd/aux_info', 'bd/customer_group', 'ls/store', 'ls/member', 'ls/mb_level', 'fi/virtual_type'];

/** Whether a filter finds what contains its value; lists that the account may not read, or without rows, say nothing. */
function findsParts(by: 'number' | 'name'): Probe['run'] {
	return async (context) => {
		let [lists, loose] = [0, 0];
		for (const path of FILTERED) {
			const row = (await context.firstRows(path).catch(() => [])).find((one) => textOf(one[by]).length > 1);
			if (!row) continue;
			const found = await context.list(path, { [by]: textOf(row[by]).slice(0, -1) });
			lists += 1;
			if (found.some(({ id }) => textOf(id) === textOf(row.id))) loose += 1;
		}
		return lists === 0 ? open({ why: 'noRows' }) : whether(loose === lists, { lists, loose });
	};
}

async function fieldsOf(context: ProbeContext, type: string): Promise<Finding> {
	const answer = await context.call('sys/custom_mult_field', { entity_number: type });
	const fields = rowsOf(answer).length;
	return whether(isDone(answer), { ...codes(answer), fields }, 'Enter the names of custom fields yourself: the editor cannot list them.');
}

const [layer, anchor] = ['Master data', 'How rows of master data are found'] as const;
const needs = ['module.bd'];

export const masterDataProbes: Probe[] = [
	{ id: 'disabledCustomers', layer, assumption: 'The list of customers leaves out what is disabled', mark: 'R', anchor: 'The standard calls', calls: 3, needs, run: hidesDisabled('bd/customer') },
	{ id: 'disabledProducts', layer, assumption: 'The list of products leaves out what is disabled', mark: 'D', anchor: 'The standard calls', calls: 3, needs, run: hidesDisabled('bd/material') },
	{ id: 'disabledDetail', layer, assumption: 'A detail answers what is disabled', mark: '?', anchor, calls: 3, needs, run: disabledDetail },
	{ id: 'productByNumber', layer, assumption: 'The detail of a product is found by its number alone', mark: 'D', anchor, calls: 2, needs, run: byNumber('material') },
	{ id: 'customerByNumber', layer, assumption: 'The detail of a customer is found by its number alone', mark: '?', anchor, calls: 2, needs, run: byNumber('customer') },
	{ id: 'numberless', layer, assumption: 'Types and terms of settlement have no numbers', mark: 'D', anchor, calls: 2, needs, run: numberless },
	{ id: 'looseNumbers', layer, assumption: '`number` of auxiliary data, shops, members and the like finds what contains it', mark: '?', anchor, calls: 2 * FILTERED.length, needs, run: findsParts('number') },
	{ id: 'looseNames', layer, assumption: '`name` of these finds what contains it', mark: '?', anchor, calls: 2 * FILTERED.length, needs, run: findsParts('name') },
	{ id: 'customFields', layer, assumption: '`sys/custom_mult_field` lists the custom fields of sales orders', mark: 'D', anchor: 'The standard calls', calls: 1, needs: ['router'], run: async (context) => await fieldsOf(context, 'sal_bill_order') },
	{ id: 'customFieldsOfType', layer, assumption: 'It takes the code of a custom document type', mark: '?', anchor: 'The standard calls', calls: 1, needs: ['router'], run: async (context) => (context.options.customType === '' ? open({ type: 'notGiven' }) : await fieldsOf(context, context.options.customType)) },
];
