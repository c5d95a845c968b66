import type { ReferenceKey } from '../../../shared/contract/references';
import type { Saving } from '../saving/saving';
import type { DocumentMatch } from './match';

/** What the user set for one item, and whether its document was found. */
export interface Upserting extends Saving {
	match: DocumentMatch;
	/** Whether fields that are not given are read first, and sent as they are. */
	keepOtherFields: boolean;
	/** Set once the document was looked for. */
	found?: { key: ReferenceKey; id: string | undefined };
}
