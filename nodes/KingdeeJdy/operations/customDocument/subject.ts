import type { IDataObject } from 'n8n-workflow';

import type { CustomTypeSettings } from './parameters';

/** What a text says about an item: the type of its documents, if that can be read. */
export function customSubjectOf(parameters: CustomTypeSettings | undefined): IDataObject {
	return { bizType: typeof parameters?.bizType === 'string' ? parameters.bizType.trim() : null };
}
