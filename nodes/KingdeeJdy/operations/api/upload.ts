import type { Values } from '../../catalogue/encoding/values';
import type { Parameter } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import { newBoundary } from '../../gateway/multipart';
import type { FilePart } from '../../gateway/multipart';
import type { NodeParameters } from '../common/nodeParameters';

/** A file of an item on its way into a call. */
export interface Upload {
	boundary: string;
	/** Reads the file when it is about to be sent: those of all items at once could be more than fits into memory. */
	load: () => Promise<FilePart>;
}

/** The field that n8n puts a file into unless told otherwise. */
const USUAL_FIELD = 'data';

/** @throws ValidationError if the item has no such file */
export function uploadOf({ context, itemIndex }: NodeParameters, documented: Parameter[], given: Values): Upload {
	const name = documented.find(({ type }) => type === 'file')?.name ?? '';
	const { [name]: chosen, ...others } = given;
	const [unknown] = Object.keys(others);
	if (unknown !== undefined) throw new ValidationError(`Field "${unknown}"`, 'cannot go with a file');
	const field = typeof chosen === 'string' && chosen.trim() !== '' ? chosen.trim() : USUAL_FIELD;
	const binary = context.getInputData()[itemIndex]?.binary?.[field];
	if (!binary) throw new ValidationError('File', `must be in the binary field "${field}" of the item, which has none`);
	const { fileName, mimeType } = binary;
	return {
		boundary: newBoundary(),
		load: async () => ({ name, fileName: fileName ?? 'file', mimeType, bytes: await context.helpers.getBinaryDataBuffer(itemIndex, field) }),
	};
}
