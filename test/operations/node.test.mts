import { readFileSync } from 'node:fs';

import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { KingdeeJdyCustomSave } from '../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { Emulator } from '../emulator/server.mts';
import { kingdeeJdy } from '../helpers/kingdeeJdy.mts';

const { description } = new KingdeeJdy();

const ORDER = JSON.stringify({ bill_no: 'N1', bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '1', unit_id: '1', qty: 1, price: 1, is_free: false }] });

/** Resource and operation, as the editor offers them. */
const offered = description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options }) =>
		(displayOptions?.show?.resource ?? []).flatMap((resource) => (options as INodePropertyOptions[]).map((option) => ({ resource: String(resource), option }))),
	);

describe.each(offered.map(({ resource, option }) => [`${resource} ${String(option.value)}`, resource, option] as const))('%s', (_name, resource, option) => {
	it('stands in the nodes panel', () => expect(option.action).toMatch(/^[A-Z]/));

	it('can be shown without being sent', async () => {
		const emulator = await Emulator.start();
		const parameters = { resource, operation: option.value as string, bizType: 'ts_1', ids: '1', call: 'GET /jdy/v2/bd/customer', conditionsMode: 'json', conditionsJson: '{"id":"1"}', type: 'scm/sal_order', targetType: 'scm/sal_out_bound', key: '1', keys: '1', report: 'scm/inventory', filterMode: 'json', filtersJson: '{}', dataMode: 'json', dataJson: ORDER, options: { dryRun: true } };
		const { json, error } = await kingdeeJdy(emulator, { parameters, items: [{ bill_date: '2026-03-01', customer_id: '1' }] });
		await emulator.stop();
		expect([json[0]?.dryRun, error, emulator.ledger.filter(({ method }) => method !== 'GET')]).toEqual([true, undefined, []]);
	});
});

const SCHEMAS = 'nodes/KingdeeJdy/__schema__/v1.0.0';
const SHOWN_BEFORE = {
	account: ['check', 'getInfo'],
	api: ['call'],
	customDocument: ['audit', 'delete', 'get', 'getMany', 'unaudit'],
	record: ['audit', 'close', 'delete', 'get', 'getMany', 'pushDown', 'save', 'saveRows', 'unaudit', 'upsert'],
	report: ['getMany'],
};

// n8n looks for them by these names, and is silent where it finds none.
it.each(Object.entries(SHOWN_BEFORE).flatMap(([resource, operations]) => operations.map((operation) => [resource, operation])))('%s %s shows what comes out before its first run', (resource, operation) => {
	expect(offered.map(({ resource: its, option }) => [its, option.value])).toContainEqual([resource, operation]);
	expect(JSON.parse(readFileSync(`${SCHEMAS}/${resource}/${operation}.json`, 'utf8'))).toMatchObject({ type: 'object', version: 1 });
});

it('offers every resource', () => {
	const resources = description.properties.find(({ name }) => name === 'resource')?.options as INodePropertyOptions[];
	expect(new Set(offered.map(({ resource }) => resource))).toEqual(new Set(resources.map(({ value }) => value)));
});

it('tells a language model that it changes the books', () => {
	expect(description.usableAsTool).toMatchObject({ replacements: { description: expect.stringMatching(/ERP.*change the real books/) } });
});

it('an operation that there is not is named', async () => {
	const emulator = await Emulator.start();
	const { error } = await kingdeeJdy(emulator, { parameters: { resource: 'customDocument', operation: 'burn', bizType: 'ts_1' } });
	await emulator.stop();
	expect(error?.message).toBe('Operation "burn" is not known for the resource "customDocument"');
});

describe('Dry Run', () => {
	/** The default holds where the option is added; were it dropped when a workflow is saved, a dry run would become a real one. */
	it.each<[INodeParameters]>([[{}], [{ dryRun: true }], [{ dryRun: false }]])('stands in a saved and in a loaded workflow as in the editor: %j', (options) => {
		for (const nodeType of [new KingdeeJdyCustomSave(), new KingdeeJdy()]) {
			const { description: of } = nodeType;
			const kept = [false, true].map((withDefaults) => NodeHelpers.getNodeParameters(of.properties, { resource: 'customDocument', operation: 'audit', options }, withDefaults, false, { typeVersion: 1 }, of)?.options);
			expect(kept).toEqual([options, options]);
		}
	});
});
