import type { Values } from '../../../catalogue/encoding/values';
import type { Call } from '../../../catalogue/types';
import { unusableAnswer } from '../../../shared/contract/outcomes';
import type { ItemFailure } from '../../../shared/contract/outcomes';

/** Reports that JDY cuts without a word if no filter narrows them [R]. */
const CUT: ReadonlySet<string> = new Set(['/jdy/v2/arap/ar_report']);

/** Rows that are left of them [R]. */
const LEFT = 100;

/** Filters that choose what is reported; the others say for which time it is, and how it is shown. */
const NARROWING = /(?:^|_)(?:id|ids|number|numbers|name|no|search|mobile|barcode|list)$/;

function isNarrowed(values: Values): boolean {
	return Object.entries(values).some(([name, value]) => NARROWING.test(name) && value !== '' && !(Array.isArray(value) && value.length === 0));
}

/**
 * What is said of a report that has just so many rows as JDY leaves of one that it cuts. Nothing in the answer shows whether
 * it did.
 *
 * @param count rows that came
 * @param values the filters as they were sent
 */
export function truncatedAt(
	count: number,
	{ call, limit = Infinity }: { call: Call; limit: number | undefined },
	values: Values,
): { failure: ItemFailure } | { notice: string } | undefined {
	if (count !== LEFT || limit <= LEFT || isNarrowed(values)) return undefined;
	if (CUT.has(call.path)) {
		return { failure: unusableAnswer('rowsCut', `JDY cuts this report at ${LEFT} rows where no filter narrows it, and ${LEFT} came: some are most likely missing`) };
	}
	if (call.kind !== 'report') return undefined;
	return { notice: `Just ${LEFT} rows came: JDY cuts some reports there where no filter narrows them, so some may be missing` };
}
