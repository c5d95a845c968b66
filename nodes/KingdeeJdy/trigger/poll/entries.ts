import { createHash } from 'node:crypto';

import { canonicalJson, stringify } from '../../gateway/json/json';
import { ID_KEYS } from '../../shared/contract/row';
import type { Row } from '../../shared/contract/row';

/** What a list says about one document: one row, or several if it lists documents line by line. */
export interface Entry {
	/** The same for the same document: its ID; if rows have none, a digest of the row. */
	key: string;
	/** Another one if the rows differ in anything. */
	digest: string;
	rows: Row[];
	/** Set if it was emitted before: the digest of the whole document then. */
	documentBefore?: string | undefined;
	/** Set if it is to be emitted whole: a digest of the document. */
	document?: string | undefined;
}

/** Of SHA-256, in base64: 66 bits. */
const DIGEST_LENGTH = 11;

/** The same for the same data, in whatever order of names. */
export function digestOf(data: unknown): string {
	return digestOfText(canonicalJson(stringify(data)));
}

function digestOfText(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_LENGTH);
}

function idOf(row: Row): string | undefined {
	const ids = ID_KEYS.map((key) => row[key]);
	const id = ids.find((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
	return id === undefined ? undefined : String(id);
}

/** The rows of a list by document, in their order. A row that was returned twice, because pages moved while they were read, counts once. */
export function entriesOf(rows: readonly Row[]): Entry[] {
	const documents = new Map<string, Map<string, Row>>();
	for (const row of rows) {
		const digest = digestOf(row);
		// Equal rows that nothing names are one: how many of them a list shows may differ from poll to poll.
		const key = idOf(row) ?? `=${digest}`;
		documents.set(key, (documents.get(key) ?? new Map<string, Row>()).set(digest, row));
	}
	return [...documents].map(([key, found]) => {
		const digests = [...found.keys()].sort();
		return { key, digest: digests.length === 1 ? (digests[0] ?? '') : digestOfText(digests.join()), rows: [...found.values()] };
	});
}

/** Digests as they are remembered: of the rows, and behind a dot of the whole document if that was emitted. */
export function written({ digest, document }: Entry): string {
	return document === undefined ? digest : `${digest}.${document}`;
}

export function readDigests(text: string): { digest: string; document: string | undefined } {
	const [digest = '', document] = text.split('.');
	return { digest, document };
}
