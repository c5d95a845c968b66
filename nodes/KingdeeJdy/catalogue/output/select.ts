import { isRecord } from '../../gateway/json/json';

type Row = Record<string, unknown>;

/**
 * Some fields of a row, in the order of the paths. Dots lead into objects and into every entry of lists:
 * `material_entity.qty`. A field that the row does not have is left out.
 */
export function select(row: Row, paths: readonly string[]): Row {
	const inner = new Map<string, string[] | undefined>();
	for (const path of paths) {
		const [first = '', ...rest] = Object.hasOwn(row, path) ? [path] : path.split('.');
		if (!Object.hasOwn(row, first)) continue;
		if (rest.length === 0) inner.set(first, undefined);
		else if (!inner.has(first)) inner.set(first, [rest.join('.')]);
		else inner.get(first)?.push(rest.join('.'));
	}
	return Object.fromEntries([...inner].flatMap(([name, within]) => {
		if (within === undefined) return [[name, row[name]]];
		const value = selectIn(row[name], within);
		return value === undefined ? [] : [[name, value]];
	}));
}

function selectIn(value: unknown, paths: readonly string[]): unknown {
	if (Array.isArray(value)) return value.map((entry) => (isRecord(entry) ? select(entry, paths) : entry));
	return isRecord(value) ? select(value, paths) : undefined;
}

/** Whether a row has what a path leads to. */
export function hasPath(value: unknown, path: string): boolean {
	if (Array.isArray(value)) return value.some((entry) => hasPath(entry, path));
	if (!isRecord(value)) return false;
	if (Object.hasOwn(value, path)) return true;
	const dot = path.indexOf('.');
	return dot > 0 && hasPath(value[path.slice(0, dot)], path.slice(dot + 1));
}
