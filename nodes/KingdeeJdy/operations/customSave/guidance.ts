import type { IBuilderHint, NodeHint } from 'n8n-workflow';

/** What a language model reads that may call this node as a tool. */
export const TOOL_DESCRIPTION =
	'Saves one new document in the Kingdee JDY ERP (金蝶精斗云 / 云星辰). This writes to the live books of a company: call it once for each document, and never again to try, to check or to repeat it. The document type is set in the node: give only the fields of the document. An answer with the outcome "unknown" means that the document may have been saved: tell the user, and do not save it again.';

/** What n8n's assistant reads that builds and tries workflows. */
export const builderHint: IBuilderHint = {
	searchHint:
		'This writes to an ERP: every run makes real documents, and a save cannot be taken back by running it again. Try it with the option Dry Run. Set deduplicationKey to an expression that is unique for each item, such as an order number. Keys are remembered for one node of one saved workflow: in a workflow made for a single run no key can be recognised, so a document that was saved before is saved once more.',
};

/** What the editor says before the node has run. */
export const hints: NodeHint[] = [
	{
		message: 'Without a Deduplication Key every run saves all items again. Set one, for example the order number, if the same items may come again.',
		type: 'info',
		location: 'outputPane',
		displayCondition: '={{ !$rawParameter.deduplicationKey && $rawParameter.options?.deduplicationKey === undefined && $input.all().length > 1 }}',
		whenToDisplay: 'beforeExecution',
	},
	{
		message: 'This workflow still has its Deduplication Key among the options, where the editor no longer shows it. It counts. Enter it in the field Deduplication Key to see and change it.',
		type: 'info',
		location: 'ndv',
		displayCondition: '={{ !$rawParameter.deduplicationKey && $rawParameter.options?.deduplicationKey !== undefined }}',
		whenToDisplay: 'always',
	},
	{
		// Of a list that could not be read, the editor says only that.
		message: 'The fields are read from JDY once the Document Type is entered. If there are none, or they cannot be read, choose Map Each Field under Data and type their names.',
		type: 'info',
		location: 'ndv',
		displayCondition: '={{ $parameter.dataMode === "mapper" && $parameter.mapper?.mappingMode === "defineBelow" && !$parameter.mapper?.schema?.length }}',
		whenToDisplay: 'beforeExecution',
	},
];
