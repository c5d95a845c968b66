import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../../shared/contract/row';
import type { PollResult } from './ask';
import type { ReadDocument } from './details';
import type { Entry } from './entries';
import type { Scope, StoredCursor } from './state';

/** What is known of what a poll looks at before anything is read. */
export type SourceDescription<P> = Pick<ChangeSource<P>, 'subject' | 'scope' | 'readDocument' | 'shown'>;

/** What is new, in order. */
interface Changes<P> {
	fresh: Entry[];
	/** How far a poll has got that has emitted these: all that is fresh, or only some. */
	cursorAfter: (emitted: readonly Entry[], isAll: boolean) => Promise<PollResult<CursorUpdate<P>>>;
	/** For the log. */
	notes: string[];
}

/** How far a poll has got. */
export interface CursorUpdate<P> {
	cursor: P;
	/** For the log: what may be missed. */
	warnings: string[];
}

/** What a poll looks at, however it finds what is new there; `P` is how far it has got. */
export interface ChangeSource<P> {
	/** What an error names. */
	subject: IDataObject;
	scope: Scope;
	/** A stored position; undefined if it is none of this kind. */
	readCursor: (value: unknown) => P | undefined;
	/** A position as it is stored. */
	storeCursor: (position: P) => object;
	/** Where to start: what is there by now is not new. */
	start: () => Promise<PollResult<CursorUpdate<P>>>;
	/** What is new since. */
	next: (before: StoredCursor<P>) => Promise<PollResult<Changes<P>>>;
	/** The newest few, to be shown. */
	newest: (count: number) => Promise<PollResult<Entry[]>>;
	/** Reads a document whole; undefined if the rows are enough. */
	readDocument: ReadDocument | undefined;
	/** A row, or a whole document, as it is emitted. */
	shown: (row: Row, isWhole: boolean) => Row;
}
