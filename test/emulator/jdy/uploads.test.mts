import { Desk } from '../client.mts';

const desk = new Desk();
beforeEach(async () => await desk.start());
afterAll(async () => await desk.stop());

const ATTACHMENT = '/jdy/v2/sys/attachment_upload';
const VOUCHER = '/jdy/v2/fi/voucher_attachment_upload';

async function upload(target: string, ...files: Array<[name: string, content: string | Buffer, fileName?: string]>) {
	const form = new FormData();
	for (const [name, content, fileName] of files) {
		if (fileName === undefined) form.append(name, String(content));
		else form.append(name, new Blob([content]), fileName);
	}
	const { headers, body } = new Response(form) as { headers: Headers; body: ReadableStream | null };
	const bytes = Buffer.from(await new Response(body).arrayBuffer());
	const { status, text } = await desk.call({ target, headers: { 'content-type': headers.get('content-type') ?? '' }, body: bytes });
	return { status, answer: JSON.parse(text) as { errorCode?: number; errcode?: number; message?: string; data?: Record<string, unknown> } };
}

it('a file is taken and answered with its address, in an envelope of its own', async () => {
	const { answer } = await upload(ATTACHMENT, ['file1', Buffer.from([0, 255, 13, 10, 45, 45]), '附件.png']);
	expect(answer).toEqual({ errorCode: 0, message: 'success', data: { file1: expect.stringMatching(/^https:\/\/example\.com\/files\/\d{19}\/%E9%99%84%E4%BB%B6\.png$/) } });
	expect(desk.emulator.gateway.records.all[0]?.data).toEqual({ filename: '附件.png', filesize: '6' });
});

it('an attachment of a voucher is answered with its ID', async () => {
	const { answer } = await upload(VOUCHER, ['file1', 'abc', 'a.txt']);
	expect(answer).toMatchObject({ errorCode: 0, data: { id: '1800000000000000001', filename: 'a.txt', filesize: '3' } });
});

it.each<[string, string, Array<[string, string | Buffer, string?]>, number]>([
	['no file of this name', ATTACHMENT, [['file', 'abc', 'a.txt']], 1030002000],
	['a text instead of a file', ATTACHMENT, [['file1', 'abc']], 1030002000],
	['two files', ATTACHMENT, [['file1', 'abc', 'a.txt'], ['file2', 'abc', 'b.txt']], 1030002005],
	['a file that is too large', VOUCHER, [['file1', Buffer.alloc(5 * 1024 * 1024 + 1), 'a.bin']], 1030002005],
])('%s is refused', async (_name, target, files, errorCode) => {
	expect((await upload(target, ...files)).answer).toMatchObject({ errorCode, data: null });
	expect(desk.emulator.gateway.records.all).toEqual([]);
});

it('JSON is no upload', async () => {
	expect((await desk.call({ target: ATTACHMENT, body: { file1: 'abc' } })).status).toBe(400);
});

it('a picture goes up as text, in the usual envelope', async () => {
	expect(await desk.codeOf({ target: '/jdy/v2/basedata/image_upload', body: { base_string: 'aGVsbG8=', filename: 'a.png' } })).toBe(0);
	expect(await desk.codeOf({ target: '/jdy/v2/basedata/image_upload', body: { filename: 'a.png' } })).toBe(1030002000);
	expect(await desk.codeOf({ method: 'DELETE', target: '/jdy/v2/bd/material_picture', body: { url: 'https://example.com/1.png' } })).toBe(0);
});
