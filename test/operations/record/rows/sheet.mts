import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

/** The cells of one line: in quotes, or up to the next comma. */
function cellsOf(line: string): string[] {
	const cells = [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)];
	return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** The rows of a CSV file as n8n's Extract from File gives them: texts, by the headings. */
export function rowsOf(file: string): IDataObject[] {
	const text = readFileSync(new URL(`sheets/${file}`, import.meta.url), 'utf8').replace(/^\ufeff/, '');
	const [headings = [], ...rows] = text.split(/\r?\n/).filter((line) => line !== '').map(cellsOf);
	return rows.map((row) => Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? ''])));
}
