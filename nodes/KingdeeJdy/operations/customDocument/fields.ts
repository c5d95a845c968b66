import type { INodeProperties } from 'n8n-workflow';

type Shown = Record<string, string[]>;

/** Which type of custom documents is meant. */
export function documentTypeProperty(shown?: Shown): INodeProperties {
	return {
		displayName: 'Document Type',
		name: 'bizType',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ts_45465632434343',
		description: 'The code of the custom document type (自定义单据类型, "biz_type"). JDY shows it in the designer of the document.',
		...(shown && { displayOptions: { show: shown } }),
	};
}

/** What is sent as `data`, by fields or as JSON. */
export function conditionProperties(shown: Shown, description: string): INodeProperties[] {
	const showIn = (conditionsMode: string) => ({ show: { ...shown, conditionsMode: [conditionsMode] } });
	return [
		{
			displayName: 'Conditions',
			name: 'conditionsMode',
			type: 'options',
			options: [
				{
					name: 'Map Each Field',
					value: 'fields',
					description: 'Enter fields, named as in JDY, and a value for each',
				},
				{
					name: 'Use JSON',
					value: 'json',
					description: 'Write the conditions as JSON; numbers keep every digit',
				},
			],
			default: 'fields',
			description: 'How the conditions are entered',
			displayOptions: { show: shown },
		},
		{
			displayName: 'Condition Fields',
			name: 'conditions',
			type: 'assignmentCollection',
			default: {},
			description,
			displayOptions: showIn('fields'),
		},
		{
			displayName: 'JSON',
			name: 'conditionsJson',
			type: 'json',
			default: '{}',
			description: 'One JSON object with the conditions. It is checked, then sent unchanged.',
			displayOptions: showIn('json'),
		},
	];
}
