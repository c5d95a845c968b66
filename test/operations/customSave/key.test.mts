import type { IDataObject } from 'n8n-workflow';

import { KingdeeJdyCustomSave } from '../../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { lost } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { n8nWorkflow } from '../../helpers/n8n/n8n.mts';
import { save } from '../../helpers/jdy.mts';
import { freshStore } from '../../helpers/processedData.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const KEY = '={{ $json.no }}';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

const booked = () => emulator.gateway.documents.all.map(({ data }) => data.no);

async function twice(parameters: IDataObject): Promise<unknown[]> {
	const items = [{ no: 'A' }, { no: 'B' }];
	await save(emulator, { items, parameters, settings: CONTINUE });
	await save(emulator, { items, parameters, settings: CONTINUE });
	return booked();
}

describe('the Deduplication Key', () => {
	it.each([
		['as a parameter', { deduplicationKey: KEY }, ['A', 'B']],
		['among the options, as earlier versions had it', { options: { deduplicationKey: KEY } }, ['A', 'B']],
		['as a parameter, which counts before the options', { deduplicationKey: KEY, options: { deduplicationKey: 'the same for all' } }, ['A', 'B']],
		['as an empty Fixed text, which is none', { deduplicationKey: '' }, ['A', 'B', 'A', 'B']],
		['left out, which is none', {}, ['A', 'B', 'A', 'B']],
	])('is read %s', async (_where, parameters: IDataObject, expected) => {
		expect(await twice(parameters)).toEqual(expected);
	});

	it.each([
		['gives an empty text', '={{ "" }}'],
		['gives nothing', '={{ undefined }}'],
		['gives null', '={{ null }}'],
		['finds no such field', '={{ $json.missing }}'],
		['is empty', '='],
	])('must not be blank: an expression that %s', async (_how, deduplicationKey) => {
		const { error } = await save(emulator, { items: [{ no: 'A' }], parameters: { deduplicationKey } });
		expect(error?.message).toBe('Deduplication Key must not be blank');
		expect(emulator.connections).toBe(0);
	});

	it('must be filled in, not sent as it is written', async () => {
		const { error } = await save(emulator, { items: [{ no: 'A' }], parameters: { deduplicationKey: '{{ $json.no }}' } });
		expect(error?.message).toMatch(/^Deduplication Key holds an expression that is not filled in/);
	});
});

describe('Resend Unknown', () => {
	const items = [{ no: 'A' }];

	async function leaveUnknown(parameters: IDataObject): Promise<void> {
		emulator.chooseFault = () => lost(false);
		await save(emulator, { items, parameters, settings: CONTINUE });
		emulator.chooseFault = () => undefined;
	}

	it.each([
		['beside the key', { deduplicationKey: KEY, resendUnknown: true }, ['A']],
		['among the options, with a key there', { options: { deduplicationKey: KEY, resendUnknown: true } }, ['A']],
		// The editor no longer shows that one, so it must not decide over a key that it was not made for.
		['among the options, with a key elsewhere', { deduplicationKey: KEY, options: { resendUnknown: true } }, []],
		['off', { deduplicationKey: KEY, resendUnknown: false }, []],
	])('counts %s', async (_where, parameters: IDataObject, expected) => {
		await leaveUnknown('deduplicationKey' in parameters ? { deduplicationKey: KEY } : { options: { deduplicationKey: KEY } });
		await save(emulator, { items, parameters, settings: CONTINUE });
		expect(booked()).toEqual(expected);
	});
});

describe('the editor', () => {
	const { description } = new KingdeeJdyCustomSave();
	const shown = (name: string, parameters: IDataObject) => {
		const property = description.properties.find((candidate) => candidate.name === name);
		if (!property) throw new Error(`No parameter ${name}`);
		return n8nWorkflow.NodeHelpers.displayParameter(parameters as never, property, { typeVersion: 1 } as never, description);
	};

	it.each([
		['', false],
		['fixed', true],
		[KEY, true],
	])('shows Resend Unknown with the key %j: %s', (deduplicationKey, isShown) => {
		expect(shown('deduplicationKey', {})).toBe(true);
		expect(shown('resendUnknown', { deduplicationKey })).toBe(isShown);
	});

	it('offers neither among the options, where earlier workflows still keep them', () => {
		const options = description.properties.find(({ name }) => name === 'options')?.options as Array<{ name: string; type: string }>;
		expect(options.filter(({ name }) => name === 'deduplicationKey' || name === 'resendUnknown').map(({ type }) => type)).toEqual(['hidden', 'hidden']);
	});
});
