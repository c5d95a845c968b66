import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { types } from '../../catalogue/catalogue';
import { editorMethods } from '../../shared/connection/runtime';
import { APP_AUTHORIZE } from './message/message';

/** The messages whose documents can be read back, and that of an authorisation; JDY documents no list [?]. */
async function getMessageTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const ofTypes = (await types()).flatMap(({ entity, name, nameZh }) => (entity === undefined ? [] : [{ name: `${name} (${nameZh})`, value: entity, description: entity }]));
	const authorisation = { name: 'App Authorisation (应用授权)', value: APP_AUTHORIZE, description: APP_AUTHORIZE };
	return [authorisation, ...ofTypes.sort((a, b) => a.name.localeCompare(b.name, 'en'))];
}

export const loadOptions = editorMethods({ getMessageTypes });
