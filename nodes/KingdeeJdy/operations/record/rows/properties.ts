import type { INodeProperties } from 'n8n-workflow';

const SHOWN = { show: { resource: ['record'], operation: ['saveRows'] } };

/** The fields of Save Rows as Documents. */
export const rowProperties: INodeProperties[] = [
	{
		displayName: 'One Document Per',
		name: 'groupBy',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. 订单号',
		hint: 'Leave it empty to use the column that is called 订单号, 单号, Order Number or the like; without one, every row is a document',
		description: 'The column whose value the rows of one document share',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Never Twice',
		name: 'deduplicate',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description: 'Whether a document that an earlier run of this node has saved is not saved again (防重). The value of One Document Per is its Deduplication Key.',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Blank Cells Mean the Row Above',
		name: 'fillDown',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether the order, and what belongs to its head, stand in its first row only',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Other Columns',
		name: 'columns',
		type: 'fixedCollection',
		noDataExpression: true,
		typeOptions: { multipleValues: true },
		placeholder: 'Add Column',
		default: {},
		description: 'Columns that are not recognised, or must not count, such as the own title of a shop beside the product number',
		displayOptions: SHOWN,
		options: [
			{
				displayName: 'Column',
				name: 'mapping',
				values: [
					{
						displayName: 'Column',
						name: 'column',
						type: 'string',
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. 商品名称',
						description: 'Its heading in the sheet',
					},
					{
						displayName: 'Field Name or ID',
						name: 'field',
						type: 'options',
						noDataExpression: true,
						typeOptions: { loadOptionsMethod: 'getColumnFields', loadOptionsDependsOn: ['type.value'] },
						default: '',
						description: 'What it means. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
				],
			},
		],
	},
];
