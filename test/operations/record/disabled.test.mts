import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

async function list(type: string, { options = {}, items = [{}], ...more }: { options?: IDataObject; items?: IDataObject[] } & IDataObject = {}) {
	const parameters = { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value: type }, returnAll: true, ...more, options } as IDataObject;
	const { json, hints, error } = await kingdeeJdy(emulator, { parameters, items });
	expect(error).toBeUndefined();
	return { numbers: json.map(({ number }) => number), told: hints('JDY').map(({ message }) => message).filter((message) => !message.includes('items in all')), enable: emulator.ledger.map(({ query }) => readQuery(query).enable) };
}

const filtered = (filters: IDataObject) => ({ filterMode: 'json', filtersJson: JSON.stringify(filters) });
const INCLUDE = { options: { includeDisabled: true } };
const FOUND_NOTHING = '1 of 1 input items found nothing and has no output item (the option When Nothing Is Found outputs an item for each): item 0';
const hintOf = (name: string) => `JDY lists only what is enabled of ${name}. To have what is disabled as well, switch on the option Include Disabled`;

describe('master data that are disabled', () => {
	it.each([
		['bd/customer', 'Customer', 30, 'KH0031'],
		['bd/material', 'Product', 40, 'SP0041'],
	])('of %s are left out with a hint, and come where they are wanted', async (type, name, count, disabled) => {
		const without = await list(type, { items: [{}, {}] });
		expect(without.numbers).toHaveLength(2 * count);
		expect(without.numbers).not.toContain(disabled);
		expect(without.told).toEqual([hintOf(name)]);
		expect(without.enable).toEqual([undefined, undefined]);
		emulator.ledger.length = 0;
		const all = await list(type, INCLUDE);
		expect(all.numbers).toHaveLength(count + 1);
		expect(all.numbers).toContain(disabled);
		expect([all.told, all.enable]).toEqual([[], ['-1']]);
	});

	it.each<[string, string, IDataObject, string | undefined, string[]]>([
		['a filter by it is the user\'s', 'bd/customer', filtered({ enable: 0 }), '0', []],
		['a filter by it counts more', 'bd/customer', { ...filtered({ enable: 'Disabled' }), ...INCLUDE }, '0', []],
		['a filter in the form', 'bd/customer', { filters: { mappingMode: 'defineBelow', value: { enable: '-1' } } }, '-1', []],
		['an empty filter is none', 'bd/customer', { ...filtered({ enable: '' }), ...INCLUDE }, '-1', []],
		['beside another filter', 'bd/customer', { ...filtered({ search: 'KH0031' }), ...INCLUDE }, '-1', [FOUND_NOTHING]],
		['a page that names 1 and 0 only', 'bd/store', INCLUDE, '-1', []],
		['a page that shows all where nothing is given', 'fi/account', {}, undefined, []],
		['the same with the option', 'fi/account', INCLUDE, undefined, []],
		['a list without such a filter', 'scm/sal_order', {}, undefined, []],
		['the same with the option', 'scm/sal_order', INCLUDE, undefined, ['Include Disabled changes nothing for Sales Order: JDY has no filter for it by what is enabled']],
	])('%s: %s', async (_what, type, more, enable, told) => {
		const listed = await list(type, more);
		expect(listed.told).toEqual(told);
		expect(new Set(listed.enable)).toEqual(new Set([enable]));
	});
});
