import type { IDataObject } from 'n8n-workflow';

import type { Entry } from './entries';
import type { ReadDocument } from './details';
import type { Read } from './timedList';

/** What a poll looks at, however it finds what is new there; `P` is how far it has got. */
export interface Watched<P> {
	/** What an error tells. */
	subject: IDataObject;
	/** Names what is looked at: another one starts anew. */
	scope: unknown;
	isPosition: (value: unknown) => value is P;
	/** Where to start from: what is there by now has been there before. */
	start: () => Promise<Read<P>>;
	/** What is new since; the position counts once it has been given out. */
	next: (before: P) => Promise<Read<{ fresh: Entry[]; position: P; notes: string[] }>>;
	/** The newest few, to be shown. */
	newest: (count: number) => Promise<Read<Entry[]>>;
	/** Reads a document whole; undefined where the rows are enough. */
	readDocument: ReadDocument | undefined;
}
