import type { ArrayFormat } from '../../../catalogue/encoding/query';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call } from '../../../catalogue/types';
import { accountOf } from '../../../gateway/credential/credential';
import { accountFacts } from '../../../shared/accountFacts/accountFacts';
import type { PreparedItem } from '../../../shared/contract/operation';
import type { ItemResult } from '../../../shared/contract/outcomes';
import type { Row } from '../../../shared/contract/row';
import type { StandardSettings } from '../nodeParameters';

/** How an answer shows that a list of values was not understood: it was refused, or taken no notice of. */
const NOT_UNDERSTOOD: ReadonlySet<string> = new Set(['field', 'badRequest', 'notFiltered']);

const NOTICE = 'JDY did not understand a list of values as JSON, so it was sent with the name repeated; this is remembered for the account. Set the option Array Format to Repeat.';

const rowsIn = (result: ItemResult): Row[] => (result.type === 'done' && Array.isArray(result.envelope.data) ? (result.envelope.data as Row[]) : []);

/** Whether each row has one of the values that every list names: only that shows that the lists were understood. */
function showLists(rows: readonly Row[], lists: ReadonlyArray<readonly [name: string, values: unknown[]]>): boolean {
	const isNamed = (row: Row, name: string, values: unknown[]) => values.map(String).includes(String(row[name] ?? row[name.replace(/s$/, '')]));
	return rows.length > 0 && lists.every(([name, values]) => rows.every((row) => isNamed(row, name, values)));
}

/**
 * Reads a list whose filters may be lists of values. How those are to stand in a query is [?]: as the user says, or as the account
 * has shown before, or as JSON. Where JSON is refused or ignored it is read once more in the other way, which counts only if its
 * rows show it.
 */
export async function readInArrayFormat(
	{ gateway, parameters }: PreparedItem<StandardSettings & { call: Call }>,
	values: Values,
	read: (arrayFormat: ArrayFormat) => Promise<ItemResult>,
): Promise<ItemResult> {
	const { arrayFormat, isArrayFormatSet, call } = parameters;
	const lists = Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) && value.length > 0 ? [[name, value] as const] : []));
	if (call.method !== 'GET' || lists.length === 0) return await read(arrayFormat);
	const facts = accountFacts(gateway.state, accountOf(gateway.credential));
	const chosen = isArrayFormatSet ? arrayFormat : (facts.arrayFormat ?? 'json');
	const first = await read(chosen);
	if (showLists(rowsIn(first), lists)) facts.arrayFormat = chosen;
	const isInDoubt = first.type === 'failed' && NOT_UNDERSTOOD.has(first.failure.kind);
	if (isArrayFormatSet || facts.arrayFormat !== undefined || !isInDoubt) return first;
	const again = await read('repeat');
	if (again.type === 'failed' || !showLists(rowsIn(again), lists)) return first;
	facts.arrayFormat = 'repeat';
	return { ...again, notice: [again.notice, NOTICE].filter((text) => text !== undefined).join('; ') };
}
