import { isDeepStrictEqual } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { parametersOf, types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { jdyCalls } from '../../emulator/jdy/catalogue.mts';
import type { JdyCall } from '../../emulator/jdy/catalogue.mts';
import { Emulator } from '../../emulator/server.mts';
import { strict } from '../../emulator/settings.mts';
import { fieldsOf, pairs } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await Emulator.start({ ...strict, referencesExist: false, callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterAll(async () => await emulator.stop());
beforeEach(() => emulator.ledger.splice(0));

const emulated = new Map(jdyCalls().map((call) => [`${call.method} ${call.path}`, call]));

async function saves() {
	const all = await types();
	return all.flatMap(({ value, save }) => {
		const call = emulated.get(save?.id ?? '');
		return save && call ? [{ value, call, parameters: parametersOf(save) }] : [];
	});
}

/** A save whose body is a list or an object around the document. */
function wrapperOf({ body }: JdyCall): string | undefined {
	return body.length === 1 && body[0]?.fields ? body[0].name : undefined;
}

async function save(value: string, parameters: IDataObject, items: IDataObject[] = [{}]) {
	return await kingdeeJdy(emulator, {
		parameters: { resource: 'record', operation: 'save', type: { __rl: true, mode: 'path', value }, ...parameters },
		items,
		settings: { onError: 'continueRegularOutput' },
		timezone: 'Asia/Shanghai',
	});
}

/** What the emulator always wants, and the page only sometimes. */
const NOW_AND_THEN = new Set(['fi/account level', 'fi/fa_card expense_list']);

/** Fields of which one is enough, and a few that the page wants now and then. */
const OTHERS = new Set(['material_id', 'stock_id', 'account_id', 'group_id', 'alter_value', 'expense_detail_id', 'supplier_id', 'emp_id', 'id', 'price', 'asset_detail_id']);

function filledIn(call: JdyCall, parameters: Parameters<typeof pairs>[1]) {
	const wrapper = wrapperOf(call);
	const first = wrapper === undefined ? 0 : 1;
	return pairs(fieldsOf(call), parameters, ({ isRequired, name }, depth) => isRequired || (depth === 0 && (name === wrapper || name === 'remark' || name === 'name')) || ((OTHERS.has(name) || name.endsWith('entry_id')) && !(name === 'id' && depth === first)));
}

it('every save goes out with its required fields in the documented types, whichever way they are given', async () => {
	const all = await saves();
	const wrong: unknown[] = [];
	for (const { value, call, parameters } of all) {
		const { given, wanted } = filledIn(call, parameters);
		const wrapper = wrapperOf(call);
		const inner = wrapper === undefined ? given : [given[wrapper]].flat()[0];
		const document = inner as IDataObject;
		const ways: Array<[way: string, parameters: IDataObject, items?: IDataObject[]]> = [
			['fields', { dataMode: 'fields', fields: { mappingMode: 'defineBelow', value: document } }],
			['inputItem', { dataMode: 'inputItem' }, [document]],
			['json', { dataMode: 'json', dataJson: JSON.stringify(given) }],
		];
		for (const [way, more, items] of ways) {
			emulator.ledger.splice(0);
			const { json } = await save(value, more, items);
			const [entry] = emulator.ledger;
			const body: unknown = entry?.body ? JSON.parse(entry.body) : undefined;
			if (!isDeepStrictEqual(body, wanted) || json[0]?.outcome !== 'saved') wrong.push([value, way, body, wanted, json[0]]);
		}
	}
	expect(wrong.slice(0, 2)).toEqual([]);
	expect([wrong.length, all.length > 90]).toEqual([0, true]);
}, 120_000);

it('no save goes out without a field that its page calls required, if such documents are to be refused', async () => {
	const wrong: unknown[] = [];
	for (const { value, call, parameters } of await saves()) {
		const { given } = filledIn(call, parameters);
		const wrapper = wrapperOf(call);
		const document = (wrapper === undefined ? given : [given[wrapper]].flat()[0]) as IDataObject;
		const fields = (wrapper === undefined ? call.body : call.body[0]?.fields) ?? [];
		for (const { name } of fields.filter(({ isRequired, name: field }) => isRequired && field !== 'bill_no')) {
			const { [name]: _left, ...rest } = document;
			const { json } = await save(value, { dataMode: 'inputItem', options: { missing: 'refuse', references: 'asGiven' } }, [rest]);
			const message = String((json[0]?.error as IDataObject | undefined)?.message);
			const isRefused = message.includes(`"${name}"`) && message.includes('is required');
			if (!isRefused && !NOW_AND_THEN.has(`${value} ${name}`)) wrong.push([value, name, json[0]]);
		}
	}
	expect(wrong).toEqual([]);
	// Only those two went out, and were refused there.
	expect(emulator.ledger).toHaveLength(NOW_AND_THEN.size);
}, 120_000);
