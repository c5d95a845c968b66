import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { search } from '../../catalogue/search';

/** The documented calls that fit what the user types, best first. */
export async function searchCalls(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const found = await search('call', filter);
	return { results: found.map(({ value, name, nameZh }) => ({ name: `${name} ${nameZh}`, value, description: value })) };
}
