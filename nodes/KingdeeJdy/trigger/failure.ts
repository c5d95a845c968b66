import type { INode, IDataObject } from 'n8n-workflow';

import type { ItemFailure } from '../shared/contract/outcomes';
import { failedError } from '../shared/results/output';

/** A poll or a message that failed, in the form that n8n expects: what happened, what to do, and whether to wait. */
export function pollError(node: INode, failure: ItemFailure, subject: IDataObject): Error {
	return failedError(node, failure, { subject, itemIndex: 0, action: 'read' }, { done: [], unknown: [] });
}
