import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { callByPath, parametersOf, reportByPath, typeByPath } from '../catalogue/catalogue';
import { documentShapeOf } from '../catalogue/documentShape';
import { answerFields } from '../catalogue/output/answerFields';
import { search } from '../catalogue/search/search';
import type { Searched } from '../catalogue/search/search';
import type { Call } from '../catalogue/types';
import { editorMethods } from '../shared/connection/runtime';
import { filterParameters } from './common/pages';
import { formIn } from './common/references/choices';
import { accountFields } from './record/accountFields';
import { columnOptions } from './record/rows/columnOptions';
import { usualLinesField } from './record/grouping/lines';
import { searchDocuments } from './record/reading/searchDocuments';

async function found(kind: Searched, filter: string | undefined): Promise<INodeListSearchResult> {
	const results = (await search(kind, filter)).map(({ name, nameZh, value }) => ({ name: `${name} ${nameZh}`, value, description: value }));
	return { results };
}

/** The lists with search: types, reports and calls by English or Chinese name, by the initials of the pinyin or by path, best first. */
export const listSearch = editorMethods({
	async searchTypes(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await found('type', filter);
	},
	async searchReports(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await found('report', filter);
	},
	async searchCalls(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		return await found('call', filter);
	},
	async searchDocuments(this: ILoadOptionsFunctions, filter?: string, page?: string): Promise<INodeListSearchResult> {
		const by = chosen(this, 'by') === 'id' ? 'id' : 'number';
		return await searchDocuments(this, await typeByPath(chosen(this, 'type')), by, filter, Number(page ?? 1));
	},
});

function chosen(context: ILoadOptionsFunctions, name: string): string {
	const value = context.getCurrentNodeParameter(name, { extractValue: true });
	return typeof value === 'string' ? value.trim() : '';
}

/** What the node reads as it is set: a list, a detail or a report. */
async function readCallOf(context: ILoadOptionsFunctions): Promise<Call | undefined> {
	if (chosen(context, 'resource') === 'report') return await reportByPath(chosen(context, 'report'));
	const type = await typeByPath(chosen(context, 'type'));
	const isWhole = chosen(context, 'operation') === 'get' || context.getCurrentNodeParameter('options.details') === true;
	return isWhole ? type?.detail : type?.list;
}

function none(what: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice: what };
}

/** The drop-downs. */
export const loadOptions = editorMethods({
	async getColumnFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const type = await typeByPath(chosen(this, 'type'));
		return type?.save ? columnOptions(documentShapeOf(type.save).parameters, type.value) : [];
	},
	async getOutputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const call = await readCallOf(this);
		const fields = call ? await answerFields(call) : [];
		return fields.map(({ path, label, labelZh }) => ({ name: `${label} ${labelZh}`.trim(), value: path, description: path }));
	},
});

/** The forms: the documented parameters of what is chosen. */
export const resourceMapping = editorMethods({
	async getFilterFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const type = await typeByPath(chosen(this, 'type'));
		if (!type?.list) return none('Documents of this type cannot be listed.');
		return { fields: await formIn(this, filterParameters(type.list)), emptyFieldsNotice: 'This list has no filters.' };
	},

	async getSaveFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const type = await typeByPath(chosen(this, 'type'));
		if (!type?.save) return none('Documents of this type cannot be saved.');
		const { parameters } = documentShapeOf(type.save);
		const isGrouped = chosen(this, 'lines') === 'groupItems';
		const lines = isGrouped ? chosen(this, 'linesField') || usualLinesField(parameters) : undefined;
		const [documented, own] = await Promise.all([
			formIn(this, parameters, { lines }),
			type.entity === undefined ? [] : accountFields(this, type.entity, parameters, lines),
		]);
		return { fields: [...documented, ...own] };
	},

	async getReportFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const report = await reportByPath(chosen(this, 'report'));
		if (!report) return none('Choose a report first.');
		return { fields: await formIn(this, filterParameters(report)), emptyFieldsNotice: 'This report has no filters.' };
	},

	async getCallFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const [method = '', path = ''] = chosen(this, 'call').split(/\s+/);
		const call = await callByPath(method, path);
		if (!call) return none('The parameters of this call are not known. Use JSON instead.');
		return { fields: await formIn(this, parametersOf(call)), emptyFieldsNotice: 'This call has no parameters.' };
	},
});
