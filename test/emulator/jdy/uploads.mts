import { json } from '../answers.mts';
import type { Reply } from '../answers.mts';
import type { Served } from '../calls.mts';
import type { Asked } from './jdyCall.mts';
import { made } from './made.mts';

const MEGABYTE = 1024 * 1024;
/** What a page allows [D]. */
const LARGEST: Record<string, number> = { '/jdy/v2/fi/voucher_attachment_upload': 5 * MEGABYTE, '/jdy/v2/sys/attachment_upload': 10 * MEGABYTE };

interface Part {
	name: string;
	fileName: string | undefined;
	content: Buffer;
}

/** The parts of a multipart body; undefined: it is none. */
function partsOf(bytes: Buffer, contentType: string): Part[] | undefined {
	const boundary = /^multipart\/form-data\s*;.*\bboundary="?([^";]+)"?/i.exec(contentType)?.[1];
	if (boundary === undefined) return undefined;
	const text = bytes.toString('latin1');
	const pieces = text.split(`--${boundary}`);
	if (pieces.length < 3 || !pieces.at(-1)?.startsWith('--')) return undefined;
	return pieces.slice(1, -1).map((piece) => {
		const end = piece.indexOf('\r\n\r\n');
		const head = Buffer.from(piece.slice(0, end), 'latin1').toString('utf8');
		const content = Buffer.from(piece.slice(end + 4, -2), 'latin1');
		return { name: /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '', fileName: /filename="([^"]*)"/i.exec(head)?.[1], content };
	});
}

/** These two calls have an envelope of their own [D]. */
function told(errorCode: number, message: string, data: unknown = null): Reply {
	return json(200, { errorCode, message, data });
}

/** Takes one file in the part that the page names. */
export function upload({ jdy, bytes, contentType, records, account, store, kept }: Asked): Served {
	const parts = partsOf(bytes, contentType);
	if (!parts) return { reply: json(400, { errcode: 400, description: 'Bad Request' }) };
	const wanted = jdy.body.find(({ type }) => type === 'file')?.name ?? '';
	const file = parts.find(({ name, fileName }) => name === wanted && fileName !== undefined);
	if (!file?.fileName) return { reply: told(1030002000, `字段${wanted}缺失`) };
	if (parts.length > 1) return { reply: told(1030002005, '每次只能上传1个文件') };
	if (file.content.length > (LARGEST[jdy.path] ?? Infinity)) return { reply: told(1030002005, '文件过大') };
	const record = records.make(account, jdy.entity, { filename: file.fileName, filesize: String(file.content.length) });
	store.change(kept, () => void records.add(account, record));
	const url = `https://example.com/files/${record.id}/${encodeURIComponent(file.fileName)}`;
	const data = { ...made(jdy.answer, 1), id: record.id, filename: file.fileName, filesize: String(file.content.length), filepath: url };
	return { reply: told(0, 'success', jdy.answer.length === 1 ? { [wanted]: url } : data), ...(kept !== 'never' && { saved: record }) };
}
