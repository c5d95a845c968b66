import { parametersOf } from '../../catalogue/catalogue';
import type { Values } from '../../catalogue/encoding/values';
import type { Call, Parameter } from '../../catalogue/types';

/** The names that the node fills in. */
export function pagingNames({ paging }: Call): string[] {
	return paging ? [paging.page, ...(paging.pageSize === undefined ? [] : [paging.pageSize])] : [];
}

/** The parameters that filter. */
export function filterParameters(call: Call): Parameter[] {
	const names = pagingNames(call);
	return parametersOf(call).filter(({ name }) => !names.includes(name));
}

/** A few lists take pages of some sizes only: then the smallest that holds what is wanted. */
function sizeFor(size: number, call: Call): number {
	const name = call.paging?.pageSize;
	const options = parametersOf(call).find((parameter) => parameter.name === name)?.options ?? [];
	const sizes = options.map(({ value }) => Number(value)).filter((one) => one >= size && one <= (call.paging?.largest ?? size));
	return sizes.length === 0 ? size : Math.min(...sizes);
}

/** What asks for a page; nothing if the call has no pages. */
export function pageValues(call: Call, number: number, size: number): Values {
	if (!call.paging) return {};
	const { page, pageSize, type, first } = call.paging;
	const written = (value: number) => (type === 'integer' ? value : String(value));
	return { [page]: written(number - 1 + first), ...(pageSize === undefined ? {} : { [pageSize]: written(sizeFor(size, call)) }) };
}
