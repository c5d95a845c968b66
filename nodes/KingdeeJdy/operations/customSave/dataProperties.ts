import type { INodeProperties } from 'n8n-workflow';

const dataMode: INodeProperties = {
	displayName: 'Data',
	name: 'dataMode',
	type: 'options',
	options: [
		{
			name: 'Choose Fields',
			value: 'mapper',
			description: 'Read the fields of the document type from JDY and fill them in',
		},
		{
			name: 'Map Each Field',
			value: 'fields',
			description: 'Drag fields from the input and give them the names that they have in JDY',
		},
		{
			name: 'Use Input Item',
			value: 'inputItem',
			description: 'Send the whole input item as it is',
		},
		{
			name: 'Use JSON',
			value: 'json',
			description: 'Write the data as JSON; numbers keep every digit',
		},
	],
	default: 'fields',
	description: 'Where the values of the document come from',
};

const dataJson: INodeProperties = {
	displayName: 'JSON',
	name: 'dataJson',
	type: 'json',
	default: '{}',
	description: 'One JSON object with the fields of the document. It is checked, then sent unchanged.',
};

/** What the editor itself writes where a language model is to fill a field in. */
const FROM_MODEL =
	"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('data', `The fields of the document as one JSON object. Give IDs and numbers of more than 15 digits as text.`, 'json') }}";

/** A step of a workflow, or a tool of an AI agent. */
const AS_STEP = { '@tool': [false] };
const AS_TOOL = { '@tool': [true] };

/** Where the data of the document come from. An agent fills in the data unless told otherwise, never the type. */
export const dataProperties: INodeProperties[] = [
	{ ...dataMode, displayOptions: { show: AS_STEP } },
	{ ...dataMode, default: 'json', displayOptions: { show: AS_TOOL } },
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'assignmentCollection',
		default: {},
		displayOptions: { show: { dataMode: ['fields'] } },
		description: 'The fields of the document (自定义字段值). A dot in a name makes a nested object. Keep long numbers, such as IDs, as String.',
	},
	{
		displayName: 'Fields',
		name: 'mapper',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { dataMode: ['mapper'] } },
		typeOptions: {
			loadOptionsDependsOn: ['bizType'],
			resourceMapper: {
				resourceMapperMethod: 'getFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'JDY lists no fields of this document type. Choose Map Each Field under Data and type the names of the fields.',
			},
		},
		description: 'The fields of the document (自定义字段值). A field without a value is left out. Give IDs and numbers of more than 15 digits by an expression, as text.',
	},
	{ ...dataJson, displayOptions: { show: { dataMode: ['json'], ...AS_STEP } } },
	{ ...dataJson, default: FROM_MODEL, displayOptions: { show: { dataMode: ['json'], ...AS_TOOL } } },
];
