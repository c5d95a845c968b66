import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults.mts';
import { answerWith, html, lost, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';
import { freshStore } from '../../helpers/processedData.mts';

const BIZ_TYPE = 'ts_45465632434343';
const ID = '1700000000000000001';
const ERROR_OUTPUT = { onError: 'continueErrorOutput' } as const;
const REGULAR_OUTPUT = { onError: 'continueRegularOutput' } as const;

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

async function outputOf(item: IDataObject, options: IDataObject, more: IDataObject = {}): Promise<IDataObject | undefined> {
	const { saved } = await save(emulator, { items: [item], parameters: { options, ...more } });
	return saved[0]?.json;
}

describe('an output item', () => {
	const envelope = { errcode: 0, description: 'success', data: { data: { no: 'A', id: ID } } };

	it.each([
		['the envelope', {}, envelope],
		['the envelope and the input fields', { includeInput: true }, { ...envelope, no: 'A' }],
		['the inner data', { output: 'data' }, { no: 'A', id: ID }],
		['what a person wants to know', { output: 'simplified' }, { id: ID, outcome: 'saved', documentType: BIZ_TYPE, no: 'A' }],
	])('holds %s', async (_what, options: IDataObject, expected) => {
		expect(await outputOf({ no: 'A' }, options)).toEqual(expected);
	});

	it('keeps the order of the simplified fields', async () => {
		expect(Object.keys((await outputOf({ no: 'A', b: 1 }, { output: 'simplified' })) ?? {})).toEqual(['id', 'outcome', 'documentType', 'no', 'b']);
	});

	it('has no ID where the answer has none', async () => {
		emulator.gateway.settings.saveAnswers = 'null';
		expect(await outputOf({ no: 'A' }, { output: 'simplified' })).toEqual({ id: null, outcome: 'saved', documentType: BIZ_TYPE, no: 'A' });
	});

	it('tells the fields of the answer where the input has the same', async () => {
		expect(await outputOf({ id: 'mine', no: 'A' }, { output: 'simplified' }, { dataMode: 'json', dataJson: '{"no":"A"}' })).toMatchObject({ id: ID, no: 'A' });
		expect(await outputOf({ description: 'mine' }, { includeInput: true })).toMatchObject({ description: 'success' });
	});

	it('is not taken for a failed one because of a field of the input', async () => {
		const { saved, failed } = await save(emulator, { items: [{ error: 'mine', no: 'A' }], parameters: { options: { output: 'simplified' } }, settings: ERROR_OUTPUT });
		expect(failed).toEqual([]);
		expect(saved[0]?.json).toMatchObject({ outcome: 'saved', no: 'A', more: { error: 'mine' } });
	});

	it('says that a document was saved before', async () => {
		const run = { items: [{ no: 'A' }], parameters: { deduplicationKey: '={{ $json.no }}', options: { output: 'simplified' } } };
		await save(emulator, run);
		expect((await save(emulator, run)).saved[0]?.json).toEqual({ id: null, outcome: 'alreadySaved', documentType: BIZ_TYPE, no: 'A' });
	});
});

/** What becomes of each item, by its number. */
function strike(faults: Record<string, Fault>): void {
	emulator.chooseFault = ({ body }) => faults[(JSON.parse(body) as { data: { no: string } }).data.no];
}

describe('a failed item', () => {
	const items = [{ no: 'A', error: 'mine', customer: 'X' }];
	const error = 'code 1030002000';

	it('keeps its input fields on the regular output', async () => {
		strike({ A: refuse(1030002000) });
		const { saved } = await save(emulator, { items, settings: REGULAR_OUTPUT });
		expect(saved[0]?.json).toEqual({
			error: {
				message: error,
				description: 'This document was not saved. A required field is missing. Add the field named above.',
				outcome: 'rejected', errcode: 1030002000, requestId: null, bizType: BIZ_TYPE,
			},
			no: 'A',
			customer: 'X',
		});
	});

	it('keeps them where n8n has the older setting', async () => {
		strike({ A: refuse(1030002000) });
		const { saved } = await save(emulator, { items, settings: { continueOnFail: true } });
		expect(saved[0]?.json).toMatchObject({ error: { message: error }, customer: 'X' });
	});

	it('gets them from n8n on the error output', async () => {
		strike({ A: refuse(1030002000) });
		const { failed, saved } = await save(emulator, { items, settings: ERROR_OUTPUT });
		expect(saved).toEqual([]);
		expect(failed[0]?.json).toMatchObject({ error: { message: error }, no: 'A', customer: 'X' });
	});

	it('names its order', async () => {
		strike({ A: refuse(1030002000) });
		const parameters = { deduplicationKey: '={{ $json.no }}' };
		const { failed } = await save(emulator, { items, parameters, settings: ERROR_OUTPUT });
		expect(failed[0]?.json).toMatchObject({ error: { outcome: 'rejected', deduplicationKey: 'A' } });
	});

	it('that ends the run names its order and those of the others', async () => {
		strike({ B: lost(), C: refuse(1030002000) });
		const parameters = { deduplicationKey: '={{ $json.no }}', options: { concurrency: 3 } };
		const { error: thrown } = await save(emulator, { items: [{ no: 'A' }, { no: 'B' }, { no: 'C' }], parameters });
		expect(thrown?.context).toMatchObject({ itemIndex: 1, deduplicationKey: 'B', saved: [{ itemIndex: 0, bizType: BIZ_TYPE, deduplicationKey: 'A', id: ID }] });
		expect(thrown?.description).toContain('Deduplication Key: B.');
		expect(thrown?.description).toContain(`item 0 (${BIZ_TYPE}, A, ID ${ID})`);
	});
});

describe('the error that ends a run', () => {
	const SUPPORT = { headers: { 'X-Api-Requestid': 'r-1' } };
	const LOST = 'It is not known whether this document was saved. It was not sent again. Look for it in JDY before you send it once more.';

	it.each([
		['with a code of JDY', answerWith(200, { errcode: 1030002006, description: 'bill_date' }, SUPPORT), 'This document was not saved. A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss. JDY\'s error code: 1030002006. Request ID: r-1.', '1030002006'],
		['with a code of the gateway', refuse(4012), 'This document was not saved. The app may not call this API. Have the permission for it added to the app on open.jdy.com; for custom documents it is called 自定义接口. JDY\'s error code: 4012.', '4012'],
		['with HTTP 400 alone', html(400), 'This document was not saved. Check the data of this item: the gateway could not read the request.', '400'],
		['without a code', answerWith(200, 'ok', SUPPORT), `${LOST} What came back is not an answer of Kingdee JDY. Check Gateway URL in the credential and any proxy on the way. Request ID: r-1.`, null],
	])('says first whether the document was saved, and shows the code that was answered: %s', async (_what, fault, description, httpCode) => {
		emulator.chooseFault = () => fault;
		const { error } = await save(emulator, { items: [{ no: 'A' }], parameters: { options: { maxAttempts: 1 } } });
		expect(error).toMatchObject({ description, httpCode });
	});
});

describe('a run of several items', () => {
	it('tells how they ended', async () => {
		strike({ C: refuse(1030002000), D: lost() });
		const parameters = { deduplicationKey: '={{ $json.no }}' };
		await save(emulator, { items: [{ no: 'A' }], parameters, settings: ERROR_OUTPUT });
		const items = ['A', 'B', 'C', 'D', 'E', 'E', ''].map((no) => ({ no }));
		const { hints } = await save(emulator, { items, parameters, settings: ERROR_OUTPUT });
		expect(hints('Save').map(({ message }) => message)).toContain('2 saved, 2 already saved, 1 refused, 1 not sent, 1 unknown');
	});

	it.each([
		['one item', 1, {}, []],
		['two items', 2, {}, ['2 saved']],
		['a dry run', 2, { dryRun: true }, []],
	])('tells nothing beside that: %s', async (_what, count, options: IDataObject, expected) => {
		const items = Array.from({ length: count }, (_unused, no) => ({ no }));
		const { hints } = await save(emulator, { items, parameters: { options } });
		expect(hints('Save').map(({ message }) => message)).toEqual(expected);
	});
});
