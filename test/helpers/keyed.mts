import type { IDataObject } from 'n8n-workflow';

/** Parameters of the node with a Deduplication Key, and other options beside it. */
export function keyed(deduplicationKey: unknown, options: IDataObject = {}): IDataObject {
	return { options: { deduplicationKey: deduplicationKey as string, ...options } };
}
