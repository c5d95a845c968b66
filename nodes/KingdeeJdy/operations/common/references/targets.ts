import { callByPath, parametersOf } from '../../../catalogue/catalogue';
import type { ArrayFormat } from '../../../catalogue/encoding/query';
import { allTargets } from '../../../catalogue/loading/modules';
import type { Call, WrittenTarget } from '../../../catalogue/types';
import { isRecord } from '../../../gateway/json/json';
import { NUMBER_KEYS } from '../../../shared/contract/row';
import type { Row } from '../../../shared/contract/row';
import type { ReferenceRow, ReferenceTarget, RowChoice } from '../../../shared/contract/references';
import { pageValues } from '../pages';
import { requestOf } from '../request';

function textIn(row: Row, ...names: Array<string | undefined>): string | undefined {
	const values = names.map((name) => (name === undefined ? undefined : row[name]));
	const value = values.find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number' || JSON.isRawJSON(one));
	return JSON.isRawJSON(value) ? (value as { rawJSON: string }).rawJSON : value === undefined ? undefined : String(value as string | number);
}

const OFF = new Set(['0', 'false']);

/** A unit of a product that is not set may be reported as 0. */
function setId(id: string | undefined, mayBeUnset: boolean): string | undefined {
	return mayBeUnset && id === '0' ? undefined : id;
}

/** The rows in a row: itself, and those below it in a tree. */
function readRow(written: WrittenTarget, row: Row): ReferenceRow[] {
	const { id = 'id', otherwise, number, name, barcode, enabled, owner, parent, children, level } = written;
	const below = children === undefined ? undefined : row[children];
	const inner = Array.isArray(below) ? below.filter(isRecord).flatMap((one) => readRow(written, one)) : [];
	const own = setId(textIn(row, id), otherwise !== undefined) ?? textIn(row, otherwise) ?? '';
	if (own === '' && written.otherwise !== undefined) return inner;
	const flag = enabled === undefined ? undefined : row[enabled];
	const fields = written.fields?.flatMap((field): Array<[string, string]> => {
		const value = textIn(row, field);
		return value === undefined ? [] : [[field, value]];
	});
	const known = {
		fields: fields && Object.fromEntries(fields),
		number: textIn(row, number),
		name: textIn(row, name),
		barcode: textIn(row, barcode),
		owner: textIn(row, owner, parent),
		level: level === undefined || row[level] === undefined ? undefined : Number(row[level]),
		isEnabled: flag === undefined || flag === null || flag === '' ? undefined : !OFF.has(String(flag)),
		defaultUnit: barcode === undefined ? undefined : setId(textIn(row, 'sale_unit_id'), true),
	};
	return [{ id: own, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) }, ...inner];
}

function listOf(call: Call, { rows, scope, several, search }: WrittenTarget, arrayFormat: ArrayFormat): NonNullable<ReferenceTarget['list']> {
	const documented = new Map(parametersOf(call).map((parameter) => [parameter.name, parameter]));
	const isObject = call.kind === 'detail' && rows === undefined;
	const ownersAs = (owners: readonly string[]) => (documented.get(scope ?? '')?.type === 'array' ? [...owners] : (owners[0] ?? ''));
	return {
		request: (page, size, { isEnabled, search: text, owners }: RowChoice) => {
			const values = {
				...(isEnabled === undefined ? {} : { enable: isEnabled ? '1' : '0' }),
				...(text === undefined ? {} : { search: text }),
				...(owners && scope !== undefined ? { [scope]: ownersAs(owners) } : {}),
				...pageValues(call, page, size),
			};
			const { endpoint, body } = requestOf(call, values, { arrayFormat });
			return { endpoint, body };
		},
		where: { rows: rows?.split('.') ?? call.rows, total: call.total },
		isPaged: call.paging !== undefined,
		isObject,
		isSearchable: search ?? false,
		isFilteredByEnabled: documented.has('enable') && scope === undefined,
		isOwned: scope !== undefined,
		takesOwners: several ?? false,
	};
}

/** How people call one and several: `bank accounts`. */
export function targetLabel(words: string): ReferenceTarget['label'] {
	return { one: words, several: words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s` };
}

/** A kind of rows as they are looked up. */
export function targetFrom(name: string, written: WrittenTarget, calls: { list?: Call | undefined; detail?: Call | undefined }, arrayFormat: ArrayFormat): ReferenceTarget {
	const { list, detail } = calls;
	return {
		name,
		label: targetLabel(name.replaceAll('_', ' ')),
		hasNumbers: written.number !== undefined,
		hasNames: written.name !== undefined && list !== undefined,
		isSmall: written.small ?? false,
		...(list && { list: listOf(list, written, arrayFormat) }),
		...(detail && { detail: detailOf(detail, arrayFormat) }),
		read: (row) => readRow(written, row),
	};
}

function detailOf(call: Call, arrayFormat: ArrayFormat): NonNullable<ReferenceTarget['detail']> {
	const documented = parametersOf(call);
	const parameter = documented.find(({ name }) => NUMBER_KEYS.includes(name))?.name ?? 'number';
	return {
		request: (number) => requestOf(call, { [parameter]: number }, { arrayFormat }),
		isDocumented: !documented.some(({ name, required }) => name === 'id' && required),
	};
}

/** A kind of master data as it is looked up; undefined for what cannot be. */
export async function targetOf(name: string, arrayFormat: ArrayFormat): Promise<ReferenceTarget | undefined> {
	const written = (await allTargets())[name];
	if (!written) return undefined;
	const [list, detail] = await Promise.all([written.list, written.detail].map(async (path) => (path === undefined ? undefined : await callByPath('GET', path))));
	const target = targetFrom(name, written, { list, detail }, arrayFormat);
	const [numbers, fallback] = await Promise.all([written.numbers, written.fallback].map(async (other) => (other === undefined ? undefined : await targetOf(other, arrayFormat))));
	return { ...target, ...(numbers && { numbers, hasNumbers: true }), ...(fallback && { fallback }) };
}
