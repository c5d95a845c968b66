import type { ILoadOptionsFunctions, INodeListSearchResult, ResourceMapperFields } from 'n8n-workflow';

import { typeByPath, types } from '../../catalogue/catalogue';
import { search } from '../../catalogue/search/search';
import { formIn } from '../../operations/common/references/choices';
import { editorMethods } from '../../shared/connection/runtime';
import { watchFilters } from './filters';

function chosen(context: ILoadOptionsFunctions, name: string): string {
	const value = context.getCurrentNodeParameter(name, { extractValue: true });
	return typeof value === 'string' ? value.trim() : '';
}

/** The types whose lists filter by time, by name, initials of the pinyin or path, best first. */
export const listSearch = editorMethods({
	async searchWatchedTypes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		const watched = new Set((await types()).filter(({ list }) => list?.changed ?? list?.created).map(({ value }) => value));
		const found = (await search('type', filter)).filter(({ value }) => watched.has(value));
		return { results: found.map(({ name, nameZh, value }) => ({ name: `${name} ${nameZh}`, value, description: value })) };
	},
});

/** The form of the filters. */
export const resourceMapping = editorMethods({
	async getWatchFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const type = await typeByPath(chosen(this, 'type'));
		if (!type?.list) return { fields: [], emptyFieldsNotice: 'Choose a type first.' };
		const event = chosen(this, 'event') === 'created' ? 'created' : 'changed';
		return { fields: await formIn(this, watchFilters(type.list, event)), emptyFieldsNotice: 'This list has no filters.' };
	},
});
