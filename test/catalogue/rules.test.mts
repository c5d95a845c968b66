import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { allCalls, operationsOf, parametersOf, reports, types } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { initialsOf } from '../../nodes/KingdeeJdy/catalogue/labels/pinyin.ts';
import type { Call, Module, OptionSets, Parameter, RecordType, Written } from '../../nodes/KingdeeJdy/catalogue/types.ts';

const FOLDER = 'nodes/KingdeeJdy/catalogue/data';
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !['options.json', 'chinese.json', 'targets.json', 'answers.json'].includes(name));

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'map', 'object', 'list', 'file'];
/** What an ID or a number refers to. */
const REFERENCE = /^[@#]-?[a-z_]+,?(?::[123])?(?:<[a-z_^=.\d]+)?\??$/;
const FORMATS = ['date', 'dateTime', 'ms', 'period', 'timestamp'];
const KINDS = ['list', 'detail', 'save', 'report', 'read', 'action', 'upload', 'delete', 'cust'];

function read<T>(name: string): T {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
}

const modules = FILES.map((name) => read<Module>(name));
const options = read<OptionSets>('options.json');

/** Every notation of a level and the levels below, with what would name it in a failure. */
function notations(written: Written, where: string): Array<[where: string, notation: string]> {
	return Object.entries(written).flatMap(([name, value]): Array<[string, string]> => {
		const here = `${where} ${name}`;
		return typeof value === 'string' ? [[here, value]] : [[here, value.type], ...notations(value.fields, here)];
	});
}

const written = modules.flatMap(({ calls }) => Object.entries(calls).flatMap(([key, { parameters }]) => notations(parameters, key)));

/** Every level of parameters of a call. */
function levels(parameters: Parameter[]): Parameter[][] {
	return [parameters, ...parameters.flatMap(({ fields }) => (fields ? levels(fields) : []))];
}

function repeated(values: string[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

let calls: Call[];
let recordTypes: RecordType[];
beforeAll(async () => {
	calls = await allCalls();
	recordTypes = await types();
});

describe('the files', () => {
	it('take less than 600 kB, of which the build leaves a sixth', () => {
		const size = readdirSync(FOLDER).filter((name) => name.endsWith('.json')).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
		expect(size).toBeLessThan(600_000);
	});

	it('write every parameter in the notation, with known words only', () => {
		const odd = written.filter(([, notation]) => {
			const [type = '', ...words] = notation.split(' | ')[0]?.split(' ') ?? [];
			return !TYPES.includes(type) || words.some((word) => word !== 'required' && !REFERENCE.test(word) && !FORMATS.includes(word.replace(/\?$/, '')) && options[word] === undefined) || repeated(words).length > 0;
		});
		expect(odd).toEqual([]);
	});

	it('are sorted, so that a difference is small', () => {
		const path = (key: string) => `${key.split(' ')[1]} ${key}`;
		const sorted = (names: string[], by = (name: string) => name) => names.every((name, index) => index === 0 || by(names[index - 1] ?? '') < by(name));
		for (const module of modules) {
			expect(sorted(Object.keys(module.types))).toBe(true);
			expect(sorted(Object.keys(module.calls), path)).toBe(true);
			for (const call of Object.values(module.calls)) expect(sorted(Object.keys(call.parameters))).toBe(true);
		}
		expect(sorted(Object.keys(options))).toBe(true);
	});

	it('keep no options that nothing uses', () => {
		const used = new Set(written.flatMap(([, notation]) => notation.split(' | ')[0]?.split(' ') ?? []));
		expect(Object.keys(options).filter((name) => !used.has(name))).toEqual([]);
	});

	it('say nothing twice: a second key of the same name would hide the first', () => {
		const count = (value: unknown): number => (typeof value === 'object' && value !== null ? (Array.isArray(value) ? 0 : Object.keys(value).length) + Object.values(value).reduce((sum: number, inner) => sum + count(inner), 0) : 0);
		for (const name of [...FILES, 'options.json', 'chinese.json']) expect([name, readFileSync(join(FOLDER, name), 'utf8').split('": ').length - 1]).toEqual([name, count(read(name))]);
	});
});

describe('the calls', () => {
	it('are the 375 documented ones, each once', () => {
		expect(calls).toHaveLength(375);
		expect(repeated(calls.map(({ id }) => id))).toEqual([]);
		const count = (method: string) => calls.filter((call) => call.method === method).length;
		expect([count('GET'), count('POST'), count('DELETE')]).toEqual([248, 126, 1]);
	});

	it('are of known kinds, as many of each as are documented', () => {
		const counts = KINDS.map((kind) => [kind, calls.filter((call) => call.kind === kind).length]);
		expect(Object.fromEntries(counts)).toEqual({ list: 127, detail: 84, save: 100, report: 30, read: 9, action: 17, upload: 3, delete: 1, cust: 4 });
	});

	it('have names of their own in both languages', () => {
		expect(repeated(calls.map(({ name }) => name.toLowerCase()))).toEqual([]);
		expect(repeated(calls.map(({ nameZh }) => nameZh))).toEqual([]);
		expect(calls.filter(({ name, nameZh }) => !/^[A-Z][A-Za-z ,:()-]+$/.test(name) || name.includes('undefined') || !/\p{Script=Han}/u.test(nameZh))).toEqual([]);
	});

	it('write, except by GET, where a report is asked for by POST, and where custom documents are read', () => {
		const reading = calls.filter(({ method, effect }) => method !== 'GET' && effect === 'read').map(({ id }) => id);
		expect(reading).toEqual(['POST /jdy/v2/fi/assistdetail_report', 'POST /jdy/v2/pm/bom_material', 'POST /jdy/v2/cust/detail', 'POST /jdy/v2/cust/list']);
		expect(calls.filter(({ method, effect }) => method === 'GET' && effect !== 'read')).toEqual([]);
	});

	it('tell where the rows of every list and report stand', () => {
		expect(calls.filter(({ kind, rows }) => (kind === 'list' || kind === 'report') && rows === undefined)).toEqual([]);
	});

	it('page by parameters that they have, at most 100 rows at a time', () => {
		const paged = calls.filter(({ paging }) => paging !== undefined);
		for (const call of paged) {
			const names = parametersOf(call).map(({ name }) => name);
			expect(names).toContain(call.paging?.page);
			if (call.paging?.pageSize !== undefined) expect(names).toContain(call.paging.pageSize);
			expect(call.paging?.largest).toBe(100);
		}
		expect(paged).toHaveLength(138);
		expect(paged.filter(({ paging }) => paging?.pageSize === undefined).map(({ id }) => id)).toEqual(['GET /jdy/v2/sys/country_load']);
		expect(paged.filter(({ paging }) => paging?.first === 0).map(({ id }) => id)).toEqual(['GET /jdy/v2/ls/retail_bill']);
		expect(paged.filter(({ paging }) => paging?.page.includes('.')).map(({ paging }) => paging?.page)).toEqual(['page_data.page', 'data.page']);
	});

	it('filter by time with pairs of parameters that take milliseconds', () => {
		const changed = calls.filter((call) => call.changed !== undefined);
		expect(changed).toHaveLength(73);
		for (const call of calls) {
			const ms = parametersOf(call).filter(({ format }) => format === 'ms').map(({ name }) => name);
			expect([call.changed, call.created].flatMap((span) => (span ? [span.from, span.until] : [])).filter((name) => !ms.includes(name))).toEqual([]);
		}
	});

	it('tell apart the eight that can fail in part', () => {
		expect(calls.filter(({ partialFailure }) => partialFailure).map(({ path, partialFailure }) => [path.slice('/jdy/v2/'.length), partialFailure?.by]).sort()).toEqual([
			['fi/custom_field_save', 'error'],
			['fi/virtual', 'row'],
			['fi/voucher', 'error'],
			['fi/voucher_reverse', 'row'],
			['fp/invoice_kp', 'call'],
			['scm/inv_check_bill_gain_loss_deal', 'call'],
			['scm/sal_out_bound_batch', 'row'],
			['sys/outside_msg', 'call'],
		]);
	});

	it('name fields that exist: for duplicates, and for what failed in part', () => {
		for (const call of calls) {
			const parameters = parametersOf(call);
			const [head, tail] = call.idempotency ?? [];
			const found = parameters.find(({ name }) => name === head);
			if (head !== undefined) expect(tail === undefined ? found : found?.fields?.find(({ name }) => name === tail)).toMatchObject({ type: 'string' });
			const { partialFailure } = call;
			if (partialFailure !== undefined && partialFailure.by !== 'call') expect(['list', 'array']).toContain(parameters.find(({ name }) => name === partialFailure.input)?.type);
		}
		expect(calls.filter(({ idempotency }) => idempotency)).toHaveLength(9);
		expect(calls.filter(({ encrypted }) => encrypted.length > 0)).toHaveLength(41);
		expect(calls.filter(({ multipart }) => multipart).map(({ path }) => path)).toEqual(['/jdy/v2/fi/voucher_attachment_upload', '/jdy/v2/sys/attachment_upload']);
	});
});

describe('the parameters', () => {
	it('have labels that nobody mistakes for another of the same level', () => {
		for (const call of calls) {
			for (const level of levels(parametersOf(call))) {
				expect(repeated(level.map(({ name }) => name))).toEqual([]);
				expect(repeated(level.map(({ label }) => label))).toEqual([]);
				expect(level.filter(({ label }) => !/^[A-Z]/.test(label) || / {2}|~|undefined| $/.test(label))).toEqual([]);
			}
		}
	});

	it('have fields where their type says so, and only there', () => {
		for (const call of calls) {
			for (const level of levels(parametersOf(call))) {
				const wrong = level.filter(({ type, fields, name }) => (type === 'list' || (type === 'object' && name !== 'data')) !== (fields !== undefined) && !(name === 'data' && type === 'object'));
				expect(wrong).toEqual([]);
			}
		}
	});

	it('have alternatives that exist beside them', () => {
		for (const call of calls) {
			for (const level of levels(parametersOf(call))) {
				const names = level.map(({ name }) => name);
				expect(level.flatMap(({ alternatives }) => alternatives).filter((name) => !names.includes(name))).toEqual([]);
			}
		}
	});

	it('say what their IDs and numbers refer to', () => {
		const references = calls.flatMap((call) => levels(parametersOf(call)).flat()).flatMap(({ reference }) => reference ?? []);
		const targets = references.filter(({ to }) => to !== undefined);
		expect([references.length, targets.length, targets.filter(({ isSure }) => isSure).length]).toEqual([2568, 1749, 1641]);
		expect(targets.filter(({ isSure, holds }) => isSure && holds === 'id')).toHaveLength(1331);
		expect(references.filter(({ isCommaList }) => isCommaList)).toHaveLength(24);
	});

	it('are 6,715 with all that is nested', () => {
		expect(calls.flatMap((call) => levels(parametersOf(call)).flat())).toHaveLength(6715);
	});
});

describe('the types', () => {
	it('go by the path of their list, and have names of their own', () => {
		expect(recordTypes).toHaveLength(129);
		for (const { value, list, detail, save } of recordTypes) expect((list ?? detail ?? save)?.path).toBe(`/jdy/v2/${value}`);
		expect(repeated(recordTypes.map(({ name }) => name))).toEqual([]);
		expect(repeated(recordTypes.map(({ nameZh }) => nameZh))).toEqual([]);
		expect(repeated(recordTypes.flatMap(({ entity }) => entity ?? []))).toEqual([]);
	});

	it('hold every list, detail and save', () => {
		const held = new Set(recordTypes.flatMap(({ list, detail, save, others }) => [list, detail, save, ...others].map((call) => call?.id)));
		expect(calls.filter(({ id, kind }) => ['list', 'detail', 'save'].includes(kind) && !held.has(id))).toEqual([]);
	});

	it('are operated on only by an entity number', () => {
		const operated = recordTypes.filter((type) => operationsOf(type).some((operation) => ['audit', 'unaudit', 'delete', 'close', 'pushDown'].includes(operation)));
		expect(operated.filter(({ entity }) => entity === undefined)).toEqual([]);
		expect(recordTypes.filter((type) => operationsOf(type).length === 0)).toEqual([]);
	});

	it('can be found by the initials of their pinyin', async () => {
		const names = [...recordTypes, ...calls, ...(await reports())].map(({ nameZh }) => nameZh);
		expect([...names.join('')].filter((character) => /\p{Script=Han}/u.test(character) && initialsOf(character) === '')).toEqual([]);
	});
});
