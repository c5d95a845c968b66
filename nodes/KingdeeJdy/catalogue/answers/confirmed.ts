import { isRecord } from '../../gateway/json';

/** A list; or, as some services write one, a text with commas. */
function textsOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.map(String);
	return typeof value === 'string' ? value.split(',').map((text) => text.trim()) : [];
}

/**
 * Which of the IDs or numbers that were sent the answer of `sys/common_operate` or of a save confirms: it has `ids`, and
 * `id_number_map` from IDs to numbers [D]. Whatever is missing there may have been done or not.
 */
export function confirmedIn(data: unknown, sent: readonly string[], by: 'id' | 'number'): Set<string> {
	const { ids, id_number_map: numbers } = isRecord(data) ? data : {};
	const map = isRecord(numbers) ? Object.entries(numbers) : [];
	const told = by === 'id' ? [...textsOf(ids), ...map.map(([id]) => id)] : map.map(([, number]) => String(number));
	const confirmed = new Set(told);
	return new Set(sent.filter((name) => confirmed.has(name)));
}
