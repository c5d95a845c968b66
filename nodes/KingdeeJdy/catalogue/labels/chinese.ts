/** The Chinese terms of parameters, as their file has them. */
export interface ChineseTerms {
	/**
	 * By wire name without `_id` (`stock`: 仓库), or by the name of the entry and the wire name (`material_entity.comment`).
	 * Numbers and names of things follow from it: `stock_number` is 仓库编码.
	 */
	names: Record<string, string>;
	/** What is called otherwise in a call, by its path below `/jdy/v2/`: by wire name, or by dotted names. */
	calls: Record<string, Record<string, string>>;
}

/** What a wire name ends with, and what that adds to the term of what stands before. */
const ENDINGS: ReadonlyArray<readonly [RegExp, string]> = [
	[/_ids?$/, ''],
	[/_numbers?$/, '编码'],
	[/_name$/, '名称'],
];

/** `辅助属性2编码` of `aux2_number`, from `aux`. */
function termOf(name: string, names: Record<string, string>): string | undefined {
	const known = names[name];
	if (known !== undefined) return known;
	const [, base, digits] = /^(.+?)_?(\d+)$/.exec(name) ?? [];
	const numbered = base === undefined ? undefined : termOf(base, names);
	if (numbered !== undefined) return `${numbered}${digits}`;
	for (const [ending, addition] of ENDINGS) {
		const term = ending.test(name) ? termOf(name.replace(ending, ''), names) : undefined;
		if (term !== undefined) return term + addition;
	}
	return undefined;
}

/** Finds the term of a parameter by its wire name and the dotted names of what it stands in; a name without a term is its own. */
export type TermFinder = (name: string, within: readonly string[]) => string;

/** The terms of the call with a path such as `scm/sal_order`. */
export function chineseTerms({ names, calls }: ChineseTerms, path: string): TermFinder {
	const own = calls[path] ?? {};
	return (name, within) =>
		own[[...within, name].join('.')] ?? own[name] ?? names[`${within.at(-1) ?? ''}.${name}`] ?? termOf(name, names) ?? name;
}
