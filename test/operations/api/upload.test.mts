import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const BYTES = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255]);
const FILE = { data: BYTES.toString('base64'), mimeType: 'image/png', fileName: '发票 "1".png' };

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const upload = (value: object, call = 'POST /jdy/v2/sys/attachment_upload') => ({ resource: 'api', call, inputMode: 'fields', parameters: { mappingMode: 'defineBelow', value } });

it.each(['POST /jdy/v2/sys/attachment_upload', 'POST /jdy/v2/fi/voucher_attachment_upload'])('%s takes the file of a binary field', async (call) => {
	const { json, error } = await kingdeeJdy(emulator, { parameters: upload({ file1: 'scan' }, call), binary: { scan: FILE } });
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ errcode: 0, description: 'success', data: expect.any(Object) }]);
	expect(emulator.gateway.records.all).toMatchObject([{ data: { filename: expect.stringContaining('发票'), filesize: String(BYTES.length) } }]);
	expect(emulator.ledger[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
});

it('takes the field that n8n itself uses unless told otherwise', async () => {
	await kingdeeJdy(emulator, { parameters: upload({}), binary: { data: FILE } });
	expect(emulator.gateway.records.all).toHaveLength(1);
});

it('is shown without being sent', async () => {
	const { json } = await kingdeeJdy(emulator, { parameters: { ...upload({}), options: { dryRun: true } }, binary: { data: FILE } });
	expect(json).toMatchObject([{ dryRun: true, headers: { 'Content-Type': expect.stringMatching(/^multipart/) } }]);
	expect(emulator.ledger).toEqual([]);
});

it('a refusal in its own words is one', async () => {
	const large = { ...FILE, data: Buffer.alloc(5 * 1024 * 1024 + 1).toString('base64') };
	const { failed } = await kingdeeJdy(emulator, { parameters: upload({}, 'POST /jdy/v2/fi/voucher_attachment_upload'), binary: { data: large }, settings: CONTINUE });
	expect(failed[0]?.json).toMatchObject({ error: { message: '文件过大', outcome: 'rejected', errcode: 1030002005 } });
});

it.each([
	[{ file1: 'none' }, 'File must be in the binary field "none" of the item, which has none'],
	[{ file1: 'data', remark: 'x' }, 'Field "remark" cannot go with a file'],
])('%j is refused, and nothing is sent', async (value, complaint) => {
	const { failed } = await kingdeeJdy(emulator, { parameters: upload(value), binary: { data: FILE }, settings: CONTINUE });
	expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
	expect(emulator.ledger).toEqual([]);
});

it('Map Each Field needs a documented call', async () => {
	const { failed } = await kingdeeJdy(emulator, { parameters: upload({}, 'GET /jdy/v2/x/y'), settings: CONTINUE });
	expect(failed[0]?.json.error).toHaveProperty('message', 'Item 0: Input must be Use JSON, because the parameters of this call are not documented');
});
