import type { Fields } from '../../calls.mts';
import { defaults, demoAccount } from '../../settings.mts';
import { jdyCalls } from '../catalogue.mts';
import type { Asked } from '../jdyCall.mts';
import { seedMasterData } from '../masterData/seeding.mts';
import { RecordStore } from '../records.mts';
import { referencesOf, savesWithReferences } from './notation.mts';
import type { Reference } from './notation.mts';
import { danglingIn } from './references.mts';

const UNITS = { entity: 'bd.measure_unit', id: '55', number: 'N55', name: 'U' };

/** Which kinds are in the books with the ID 55 and the number N55. */
function booksWith(...entities: string[]): RecordStore {
	const records = new RecordStore(defaults);
	const rows = entities.map((entity) => (entity === 'bd.material_unit' ? UNITS : { entity, id: '55', number: 'N55', name: 'A' }));
	seedMasterData(records, demoAccount, rows.filter(({ entity }) => !['bd.material_sku', 'ls.member_card'].includes(entity)));
	return records;
}

function problemOf(records: RecordStore, call: string, path: string, value: string): string | undefined {
	const jdy = jdyCalls().find((one) => one.path === `/jdy/v2/${call}` && one.method === 'POST');
	const data = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Fields;
	return danglingIn({ jdy, records, account: demoAccount, settings: defaults } as unknown as Asked, data)?.message;
}

const all = savesWithReferences().flatMap((call) => [...referencesOf(call)].map(([path, reference]) => [call, path, reference] as const));
const plain = all.filter((one): one is readonly [string, string, Reference & { entity: string }] => one[2].entity !== undefined && one[2].group === undefined && !['bd.material_sku', 'ls.member_card'].includes(one[2].entity));

describe('every parameter that refers to something', () => {
	it('takes what is there, and refuses what is not', () => {
		const books = new Map([...new Set(plain.map(([, , { entity }]) => entity))].map((entity) => [entity, booksWith(entity)]));
		const wrong = plain.filter(([call, path, { entity, byNumber }]) => {
			const records = books.get(entity) ?? booksWith(entity);
			const [right, other] = byNumber ? ['N55', '55'] : ['55', '7'];
			return problemOf(records, call, path, right) !== undefined || problemOf(records, call, path, other) === undefined;
		});
		expect(wrong.map(([call, path]) => `${call} ${path}`)).toEqual([]);
		expect(plain.length).toBeGreaterThan(1050);
	});

	it('takes anything of its form where the account has none of the kind', () => {
		const records = new RecordStore(defaults);
		expect(all.filter(([call, path]) => problemOf(records, call, path, '7') !== undefined).map(([call, path]) => `${call} ${path}`)).toEqual([]);
	});

	it('is no text in place of an ID', () => {
		const records = new RecordStore(defaults);
		const ids = all.filter(([, , { byNumber, entity }]) => !byNumber && entity !== undefined);
		expect(ids.filter(([call, path]) => problemOf(records, call, path, 'KH0001') === undefined).map(([call, path]) => `${call} ${path}`)).toEqual([]);
		expect(ids.length).toBeGreaterThan(1000);
	});
});

it('most of them are customers, products, units, warehouses, bins, people and money', () => {
	const counts = Map.groupBy(all, ([, , { entity, byNumber }]) => `${entity ?? ''}${byNumber ? '#' : ''}`);
	expect(Object.fromEntries(['bd.customer', 'bd.material_unit', 'bd.emp', 'sys.division', 'bd.material#'].map((kind) => [kind, counts.get(kind)?.length]))).toEqual({ 'bd.customer': 36, 'bd.material_unit': 97, 'bd.emp': 59, 'sys.division': 96, 'bd.material#': 22 });
});
