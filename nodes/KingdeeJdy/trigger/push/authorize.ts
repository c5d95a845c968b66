import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../gateway/json';
import { MASKED } from '../../gateway/maskText';
import { maskOf } from '../../gateway/mask';
import { rowJson } from '../../shared/output';
import { findRows } from '../../shared/rows';

/** `appSecret` is the one that is known [C]; what else goes by such a name is kept back as well. */
const SECRET_NAME = /secret|token|passw|signature|private/i;

function secretsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(secretsIn);
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, entry]) =>
		SECRET_NAME.test(name) && !isRecord(entry) && !Array.isArray(entry) ? [String(entry ?? '')] : secretsIn(entry),
	);
}

function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, SECRET_NAME.test(name) ? MASKED : withoutSecrets(entry)]));
}

/** The authorised accounts of a message, one each: Instance ID, account, app key; secrets only where they are wanted. */
export function authorisedAccounts(data: unknown, showsSecrets: boolean): IDataObject[] {
	const rows = isRecord(data) && !('data' in data || 'rows' in data) ? [data] : (findRows({ errcode: 0, description: '', data })?.rows ?? []);
	const all = rows.length > 0 ? rows : [{ data }];
	if (showsSecrets) return all.map(rowJson);
	// A secret may stand in another field once more.
	const mask = maskOf(secretsIn(data));
	return all.map((row) => rowJson(mask.clean(withoutSecrets(row)) as Record<string, unknown>));
}
