import type { INodeProperties } from 'n8n-workflow';

import { timeZoneProperty } from '../../shared/parameters/timeZone';

export const decryptProperty: INodeProperties = {
	displayName: 'Decrypt Private Data',
	name: 'decrypt',
	type: 'boolean',
	default: false,
	description: 'Whether phones, addresses, bank accounts and the like come in readable form. JDY sends them encrypted with the Client Secret; what cannot be decrypted stays as it is.',
};

const arrayFormatProperty: INodeProperties = {
	displayName: 'Array Format',
	name: 'arrayFormat',
	type: 'options',
	options: [
		{
			name: 'JSON',
			value: 'json',
			description: 'One parameter: bill_status=["A","C"]',
		},
		{
			name: 'Repeat',
			value: 'repeat',
			description: 'One parameter for each entry: bill_status=A&bill_status=C',
		},
	],
	default: 'json',
	description: 'How a list of values is sent. Change it if JDY ignores a list.',
};

/** An option that only some operations have. */
export function shownFor(property: INodeProperties, resources: string[], ...operations: string[]): INodeProperties {
	return { ...property, displayOptions: { show: { '/resource': resources, ...(operations.length > 0 && { '/operation': operations }) } } };
}

/** The options of the standard API beside those of every call, for these resources. */
export function standardOptions(...resources: string[]): INodeProperties[] {
	return [decryptProperty, arrayFormatProperty, timeZoneProperty].map((property) => shownFor(property, resources));
}

/** As a tool, an API call only reads unless this is on. */
export const allowWritesProperty: INodeProperties = {
	displayName: 'Allow Writes',
	name: 'allowWrites',
	type: 'boolean',
	default: false,
	description: 'Whether a model may make calls that change the books. Otherwise it can only read: a GET, and what is documented as a query.',
	displayOptions: { show: { '/resource': ['api'], '@tool': [true] } },
};

/** What becomes of filters that are not documented. */
export const unknownFiltersProperty: INodeProperties = {
	displayName: 'Unknown Filters',
	name: 'unknownFilters',
	type: 'options',
	options: [
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Send nothing, and name the documented filters that are most like it',
		},
		{
			name: 'Send',
			value: 'send',
			description: 'Send it. Rows that show another value fail the item.',
		},
	],
	default: 'refuse',
	description: 'What to do with a filter that JDY does not document. JDY ignores what it does not know, and answers with everything.',
};

/** What becomes of numbers and names that stand for IDs. */
export const referencesProperty: INodeProperties = {
	displayName: 'Numbers and Names',
	name: 'references',
	type: 'options',
	options: [
		{
			name: 'Look Up',
			value: 'lookUp',
			description: 'Find the IDs of numbers, names and barcodes before anything is saved, and refuse what is not found',
		},
		{
			name: 'Send as Given',
			value: 'asGiven',
			description: 'Look nothing up: JDY decides',
		},
	],
	default: 'lookUp',
	description: 'What to do with fields such as customer_number and material_name, which stand for IDs',
};

/** Take Unknown as Saved, of what saves with a key. */
export const takeUnknownProperty: INodeProperties = {
	displayName: 'Take Unknown as Saved',
	name: 'takeUnknownAsSaved',
	type: 'boolean',
	default: false,
	description: 'Whether documents with a Deduplication Key whose outcome an earlier run left unknown are in JDY. For one run, after you have found them there: nothing is sent, and from then on they count as saved.',
};
