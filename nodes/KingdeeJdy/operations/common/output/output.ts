import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { hasPath, select } from '../../../catalogue/output/select';
import { simplify } from '../../../catalogue/output/simplify';
import { wordsOf } from '../../../catalogue/output/words';
import type { Call } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isTool } from '../../../shared/contract/tool';
import { oneOf } from '../../../shared/parameters/checks';

const OUTPUTS = ['full', 'simplified', 'selected'] as const;

/** What is shown of each row that was read. */
export interface Output {
	mode: (typeof OUTPUTS)[number];
	/** Dotted paths, of `selected`. */
	fields: readonly string[];
}

const SHOWN = { show: { '/operation': ['get', 'getMany'] } };

export const outputProperties: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: 'Everything that JDY answered, as it came',
			},
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'The fields that Output Field Names or IDs lists',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'What people read: number, date, status in words, partner, amounts and lines, without empty and technical fields',
			},
		],
		default: 'full',
		description: 'What is shown of each row. An AI agent gets Simplified unless it is set.',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Output Field Names or IDs',
		name: 'outputFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['type.value', 'report.value'] },
		default: [],
		description: 'The fields of Selected Fields, for example bill_no or material_entity.qty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: SHOWN,
	},
];

const LABEL = 'Output Field Names or IDs';

function fieldsIn(given: unknown): string[] {
	const all: unknown[] = Array.isArray(given) ? given : [given ?? ''];
	if (all.some((one) => typeof one !== 'string')) throw new ValidationError(LABEL, 'must be names of fields');
	return all.flatMap((one) => String(one).split(/[,，\n]/)).map((one) => one.trim()).filter((one) => one !== '');
}

/** @throws ValidationError for an output that is none, and for selected fields that are not named */
export function readOutput(options: IDataObject, node: INode): Output {
	const fields = fieldsIn(options.outputFields);
	const usual = isTool(node) ? 'simplified' : 'full';
	const mode = oneOf(options.output ?? (fields.length > 0 ? 'selected' : usual), OUTPUTS, 'Output');
	if (mode === 'selected' && fields.length === 0) throw new ValidationError(LABEL, 'must name at least one field, for example bill_no');
	return { mode, fields };
}

/** What is known of the rows: their type, and the calls whose documented choices name their codes. */
interface Known {
	type?: string | undefined;
	calls: readonly Call[];
}

/** The rows as they are shown: as many as there are. */
export function shownRows(rows: IDataObject[], { mode, fields }: Output, { type, calls }: Known): IDataObject[] {
	if (mode === 'full') return rows;
	if (mode === 'selected') return rows.map((row) => select(row, fields) as IDataObject);
	const words = wordsOf(calls);
	return rows.map((row) => simplify(row, type, words) as IDataObject);
}

/** Names selected fields that no row has. */
export function unknownFieldsNotice(rows: readonly unknown[], { mode, fields }: Output): string | undefined {
	if (mode !== 'selected' || rows.length === 0) return undefined;
	const unknown = fields.filter((path) => !rows.some((row) => hasPath(row, path)));
	return unknown.length === 0 ? undefined : `No row has ${unknown.length === 1 ? 'the field' : 'the fields'} ${unknown.join(', ')} that ${LABEL} asks for`;
}
