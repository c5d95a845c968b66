import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isNothing } from '../../../catalogue/encoding/requiredFields';
import type { GroupTrace } from '../../../shared/contract/operation';
import { rawParameter, readParameter } from '../../../shared/parameters/expressions';
import { readAccountChoice } from '../../../shared/parameters/options';
import { readTimeZone } from '../../../shared/parameters/timeZone';
import { optionsOf } from '../../common/nodeParameters';
import { readType } from '../type';
import { readGroupBy } from './groupBy';
import type { GroupBy } from './groupBy';

/** What a part of an item gives; undefined if that part cannot be read. */
async function readable<T>(read: () => T | Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch {
		return undefined;
	}
}

/** A value that cannot be read may be any. */
function mayShareOf(groupBy: GroupBy | undefined): GroupTrace['mayShare'] {
	if (!groupBy) return () => true;
	return 'value' in groupBy ? (other) => other === groupBy.value : groupBy.mayShare;
}

/** Whether a row holds nothing; one that cannot be read may hold anything. */
async function isEmpty(item: IDataObject): Promise<boolean> {
	return (await readable(() => Object.values(item).every(isNothing))) ?? false;
}

/** What can be read of an item that cannot be saved, each part by itself. */
export async function traceOf(context: IExecuteFunctions, itemIndex: number): Promise<GroupTrace | undefined> {
	const item = context.getInputData()[itemIndex]?.json ?? {};
	const read = (name: string, fallback: unknown): unknown => readParameter(context, name, itemIndex, fallback);
	const raw = (...path: string[]) => rawParameter(context, path);
	if ((await readable(() => read('lines', 'none'))) === 'none') return undefined;
	const groupBy = await readable(() => readGroupBy({ read, raw }, item, () => readTimeZone(optionsOf(read))));
	const mayShare = mayShareOf(groupBy);
	// An empty row of a sheet belongs to no document.
	if (mayShare === undefined && (await isEmpty(item))) return undefined;
	return {
		kind: await readable(async () => (await readType({ read, raw }, 'save')).value),
		mayShare,
		account: await readable(() => readAccountChoice(optionsOf(read))),
	};
}
