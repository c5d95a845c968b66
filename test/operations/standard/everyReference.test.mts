import type { IDataObject } from 'n8n-workflow';

import { types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { jdyCalls } from '../../emulator/jdy/catalogue.mts';
import type { JdyCall } from '../../emulator/jdy/catalogue.mts';
import { recordsOf } from '../../emulator/jdy/masterData/derived.mts';
import { referencesOf } from '../../emulator/jdy/references/notation.mts';
import type { Reference } from '../../emulator/jdy/references/notation.mts';
import type { Field } from '../../emulator/jdy/schema.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await Emulator.start({ seed: 'everyKind', callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterAll(async () => await emulator.stop());

const rowsOf = (entity: string) => recordsOf({ records: emulator.gateway.records, account: demoAccount }, entity);

/** The ID of 甲, whose number is 0012 where it has one. */
function idOf({ entity = '', group, within = '' }: Reference): string | undefined {
	const named = (kind: string) => rowsOf(kind).filter(({ data }) => data.name === '甲');
	if (entity === 'bd.material_unit') return named('bd.measure_unit')[0]?.id;
	if (entity === 'bd.aux_info') return named(entity).find(({ data }) => group === undefined || data.group_id === group)?.id;
	if (entity === 'bd.space') return named(entity).find(({ data }) => data.stock_number === '0012')?.id;
	if (entity === 'bd.material_sku') return named(entity).find(({ data }) => data.material_id === named('bd.material')[0]?.id)?.id;
	if (entity !== 'sys.division') return named(entity)[0]?.id;
	const province = named(entity).find(({ data }) => data.level === '1');
	const city = named(entity).find(({ data }) => data.level === '2' && data.parent_id === province?.id);
	const district = named(entity).find(({ data }) => data.level === '3' && data.parent_id === city?.id);
	return [province, city, district][Number(group) - 1]?.id ?? within;
}

function bodyOf({ body }: JdyCall): Field[] {
	const [only, ...others] = body;
	return only?.fields && others.length === 0 ? only.fields : body;
}

const stemOf = (name: string): string => name.replace(/_ids?$/, '');

/** Puts a value where a path leads, through lists of one. */
function put(fields: Field[], document: IDataObject, [name = '', ...rest]: string[], last: string, value: unknown): void {
	if (rest.length === 0) return void (document[last] = value as string);
	const field = fields.find((one) => one.name === name);
	const held = (document[name] ??= field?.isList ? [{}] : {});
	put(field?.fields ?? [], (Array.isArray(held) ? held[0] : held) as IDataObject, rest, last, value);
}

function get(document: unknown, path: string[]): unknown {
	return path.reduce((held: unknown, name) => ((Array.isArray(held) ? held[0] : held) as IDataObject | undefined)?.[name], document);
}

function fieldAt(fields: Field[], [name = '', ...rest]: string[]): Field[] {
	const field = fields.find((one) => one.name === name);
	return rest.length === 0 ? fields : fieldAt(field?.fields ?? [], rest);
}

/** Rows of these have no number, or no name. */
const NUMBERLESS = ['bd.settlement_type', 'bd.settling_term', 'bd.material_brand_group', 'fi.virtual_type', 'sys.division', 'ls.member', 'sys.user', 'fi.assist_type'];
const NAMELESS = ['fi.account_type', 'bd.bom'];

/** Their lists need what no list gives [D]; labels have a detail, which takes the number. */
const UNLISTED = ['fi.voucher_attachment', 'ls.coupons', 'ls.member_card', 'scm.inv_check_task', 'bd.label_group'];

/** Whether one row is meant: without what it belongs to, a bin or a region can be many. */
function isFound(by: 'number' | 'name', entity: string, { group, within }: Reference): boolean {
	if (UNLISTED.includes(entity) || (by === 'number' ? NUMBERLESS : [...NAMELESS, 'bd.label']).includes(entity)) return false;
	if (entity === 'bd.aux_info') return group !== undefined;
	if (entity === 'sys.division') return group === '1' || within !== undefined;
	return !['bd.space', 'bd.material_sku'].includes(entity) || within !== undefined;
}

async function sweep(by: 'number' | 'name') {
	const wrong: unknown[] = [];
	let checked = 0;
	for (const { value, save } of await types()) {
		const call = jdyCalls().find(({ method, path }) => `${method} ${path}` === save?.id);
		if (!call) continue;
		const fields = bodyOf(call);
		const wanted: Array<[path: string, id: string]> = [];
		const document: IDataObject = {};
		for (const [path, reference] of referencesOf(call.path.replace('/jdy/v2/', ''))) {
			const { entity, byNumber } = reference;
			if (entity === undefined || byNumber || !isFound(by, entity, reference)) continue;
			const parts = path.split('.');
			const key = `${stemOf(parts.at(-1) ?? '')}_${by}`;
			// A name that JDY documents as a parameter of its own says nothing of the ID.
			if (by === 'name' && fieldAt(fields, parts).some(({ name }) => name === key)) {
				if (entity !== 'sys.division') put(fields, document, parts, key.replace(/_name$/, '_number'), '0012');
				continue;
			}
			put(fields, document, parts, key, by === 'number' ? '0012' : '甲');
			wanted.push([path, idOf(reference) ?? '?']);
		}
		if (wanted.length === 0) continue;
		emulator.ledger.splice(0);
		const { json } = await kingdeeJdy(emulator, {
			parameters: { resource: 'record', operation: 'save', type: { __rl: true, mode: 'path', value }, dataMode: 'inputItem', options: { callsPerMinute: 0 } },
			items: [document],
			settings: { onError: 'continueRegularOutput' },
			timezone: 'Asia/Shanghai',
		});
		const sent = emulator.ledger.find(({ method, path }) => `${method} ${path}` === save?.id);
		const whole = sent ? (JSON.parse(sent.body) as IDataObject) : undefined;
		const inner = whole && fields !== call.body ? [Object.values(whole)[0]].flat()[0] : whole;
		checked += wanted.length;
		const error = json[0]?.error as IDataObject | undefined;
		// What else a document lacks is refused after that.
		if (!sent || error?.errcode === 1030002003) wrong.push([value, error?.message]);
		else for (const [path, id] of wanted) {
			const held = get(inner, path.split('.'));
			if ([held].flat()[0] !== id) wrong.push([value, path, id, held]);
		}
	}
	return { wrong, checked };
}

it.each([['number', 866], ['name', 979]] as const)('every ID of every save is found by its %s', async (by, count) => {
	const { wrong, checked } = await sweep(by);
	expect(wrong).toEqual([]);
	expect(checked).toBe(count);
}, 300_000);
