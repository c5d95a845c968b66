import { parametersOf, reports, types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { Call } from '../../../nodes/KingdeeJdy/catalogue/types.ts';
import { jdyCalls } from '../../emulator/jdy/catalogue.mts';
import type { JdyCall } from '../../emulator/jdy/catalogue.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount, strict } from '../../emulator/settings.mts';
import { fieldsOf, pairs } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

const ROWS = 250;
const PAGING = /(^|\.)page(_no|_size)?$/;

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ ...strict, callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

/** Rows that no filter keeps back: they have no fields of their own but what every text is in these tests. */
function fill({ entity, kind }: JdyCall): void {
	const { records } = emulator.gateway;
	while (records.of(demoAccount, entity).length < ROWS) records.add(demoAccount, records.make(demoAccount, entity, { name: '12.5' }, kind === 'report' ? '12.5' : undefined));
}

async function rowsOf(call: JdyCall, known: Call, choice: object): Promise<{ count: number; different: number; calls: number; error: unknown }> {
	fill(call);
	emulator.ledger.splice(0);
	const required = pairs(fieldsOf(call), parametersOf(known), ({ isRequired, name }, depth) => (isRequired || (depth > 0 && name === 'id')) && (depth > 0 || !PAGING.test(name))).given;
	const { json, error } = await kingdeeJdy(emulator, { parameters: { ...choice, returnAll: true, filterMode: 'json', filtersJson: JSON.stringify(required) } });
	return { count: json.length, different: new Set(json.map((row) => JSON.stringify(row))).size, calls: emulator.ledger.length, error: error?.message };
}

/** Rows whose page has nothing that tells them apart are counted only. */
function areDistinct({ row = [] }: JdyCall): boolean {
	return row.length === 0 || row.some(({ name }) => ['id', 'number', 'bill_no'].includes(name));
}

function isPaged(call: JdyCall): boolean {
	return fieldsOf(call).some(({ name }) => /page_size$/.test(name));
}

const byPath = new Map(jdyCalls().map((call) => [`${call.method} ${call.path}`, call]));

it('every list comes whole, 250 rows in three calls', async () => {
	const lists = (await types()).flatMap(({ value, list }) => (list ? [{ value, list, call: byPath.get(list.id) }] : []));
	const wrong: unknown[] = [];
	for (const { value, list, call } of lists) {
		if (!call) throw new Error(`The emulator lacks the list of ${value}`);
		const came = await rowsOf(call, list, { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value } });
		const isWhole = came.count === ROWS && (!areDistinct(call) || came.different === ROWS) && came.calls === (isPaged(call) ? 3 : 1);
		if (!isWhole) wrong.push([value, came]);
	}
	expect(wrong).toEqual([]);
	expect(lists.length).toBeGreaterThan(120);
}, 120_000);

it('every report comes whole', async () => {
	const wrong: unknown[] = [];
	// The custom fields of an account stand elsewhere.
	const all = (await reports()).filter(({ path }) => path !== '/jdy/v2/sys/custom_mult_field');
	for (const report of all) {
		const call = byPath.get(report.id);
		if (!call) throw new Error(`The emulator lacks ${report.id}`);
		const came = await rowsOf(call, report, { resource: 'report', report: { __rl: true, mode: 'list', value: report.path.replace('/jdy/v2/', '') } });
		const isWhole = call.row ? came.count === ROWS : came.count > 0;
		if (!isWhole || came.error !== undefined) wrong.push([report.id, came]);
	}
	expect(wrong).toEqual([]);
	expect(all.length).toBeGreaterThan(35);
}, 120_000);
