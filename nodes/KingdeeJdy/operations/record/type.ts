import { operationsOf, typeByPath } from '../../catalogue/catalogue';
import type { Call, RecordOperation, RecordType } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import { readLocator } from '../common/nodeParameters';
import type { NodeParameters } from '../common/nodeParameters';

const NAMES: Record<RecordOperation, string> = {
	getMany: 'Get Many',
	get: 'Get',
	save: 'Save',
	audit: 'Audit',
	unaudit: 'Unaudit',
	delete: 'Delete',
	close: 'Close',
	pushDown: 'Push Down',
};

function listed(names: string[]): string {
	if (names.length === 0) return 'nothing that this node does';
	return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * The type of documents or master data that the user chose.
 *
 * @throws ValidationError if there is none, or if it does not have the operation
 */
export async function readType(parameters: Pick<NodeParameters, 'read' | 'raw'>, operation: RecordOperation): Promise<RecordType> {
	const path = readLocator(parameters, 'type', 'Type');
	if (path === '') throw new ValidationError('Type', 'must not be empty');
	const type = await typeByPath(path);
	if (!type) throw new ValidationError('Type', `"${path}" is not known; choose one from the list, or use the resource API Call`);
	const operations = operationsOf(type);
	if (operations.includes(operation)) return type;
	throw new ValidationError('Operation', `${NAMES[operation]} cannot be used with ${type.name} (${type.nameZh}), which has ${listed(operations.map((one) => NAMES[one]))}`);
}

/** What is known of the rows of a type, for showing them. */
export function knownOf({ value, list, detail, save, others }: RecordType): { type: string; calls: Call[] } {
	return { type: value, calls: [list, detail, save, ...others].filter((call) => call !== undefined) };
}

/** What a text says about an item. */
export function recordSubjectOf(parameters: { type: RecordType } | undefined): { type: string | null } {
	return { type: parameters?.type.value ?? null };
}
