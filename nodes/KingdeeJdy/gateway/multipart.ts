import { randomBytes } from 'node:crypto';

/** A file for a `multipart/form-data` body. */
export interface FilePart {
	/** Name of the form's field. */
	name: string;
	fileName: string;
	/** e.g. `image/png` */
	mimeType: string;
	bytes: Uint8Array;
}

/** A text that stands in no file. */
export function newBoundary(): string {
	return `----${randomBytes(24).toString('hex')}`;
}

/** As browsers write names: quotes and line breaks would end the header. */
function quoted(text: string): string {
	return `"${text.replace(/["\r\n]/g, (character) => encodeURIComponent(character))}"`;
}

/** The body of a form with one file. */
export function multipartBody({ name, fileName, mimeType, bytes }: FilePart, boundary: string): Uint8Array {
	const type = mimeType.replace(/[\r\n]/g, '');
	const head = `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}; filename=${quoted(fileName)}\r\nContent-Type: ${type}\r\n\r\n`;
	return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
