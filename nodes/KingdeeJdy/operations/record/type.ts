import { operationsOf, typeByPath } from '../../catalogue/catalogue';
import type { Operation, RecordType } from '../../catalogue/types';
import { Complaint } from '../../gateway/errors/validationError';
import { readLocator } from '../common/nodeParameters';
import type { Parameters } from '../common/nodeParameters';

const NAMES: Record<Operation, string> = {
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
 * @throws Complaint where there is none, and where it does not have the operation
 */
export async function readType(parameters: Pick<Parameters, 'read' | 'raw'>, operation: Operation): Promise<RecordType> {
	const path = readLocator(parameters, 'type', 'Type');
	if (path === '') throw new Complaint('Type', 'must not be empty');
	const type = await typeByPath(path);
	if (!type) throw new Complaint('Type', `"${path}" is not known; choose one from the list, or use the resource API Call`);
	const operations = operationsOf(type);
	if (operations.includes(operation)) return type;
	throw new Complaint('Operation', `${NAMES[operation]} cannot be used with ${type.name} (${type.nameZh}), which has ${listed(operations.map((one) => NAMES[one]))}`);
}

/** What a text tells about an item. */
export function subjectOf(parameters: { type: RecordType } | undefined): { type: string | null } {
	return { type: parameters?.type.value ?? null };
}
