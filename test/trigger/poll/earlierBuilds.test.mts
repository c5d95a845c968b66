import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { runPoll } from '../../../nodes/KingdeeJdy/trigger/poll/poll.ts';
import { Changes } from '../../emulator/changes.mts';
import { Gateway } from '../../emulator/gateway.mts';
import { defaults, demoAccount, demoClient } from '../../emulator/settings.mts';
import { freezeDate, moveDate } from '../../helpers/time.mts';
import { helperTo } from '../../triggers/inProcess.mts';
import { pollContext } from '../../triggers/pollContext.mts';

/** What the first build wrote at the first poll, at 2026-11-22 08:00 UTC, where one document had just been made. */
const ofType = (scope: string) => ({
	scope,
	position: { fromMs: 1795334200000, untilMs: 1795334397999, given: [{ untilMs: 1795334401999, digests: { '1800000000000000001': 'Qa6GKRbcs9L' } }] },
});
const ofDocuments = (scope: string) => ({ scope, position: { digests: { '1750000000000000001': '9un-t16RGtu' }, isWhole: true, greatestId: '1750000000000000001' } });

const standard: IDataObject = { resource: 'record', type: { mode: 'list', value: 'scm/sal_order' }, event: 'changed' };
const custom: IDataObject = { resource: 'customDocument', bizType: 'ts_model', event: 'changed' };

beforeEach(() => {
	freezeDate();
	jest.setSystemTime(Date.UTC(2026, 10, 22, 8));
});
afterEach(() => jest.useRealTimers());

/** A document of each kind that was made before, and a trigger that polls from what stands in the database. */
function polling(parameters: IDataObject, kingdeeJdy: object) {
	const gateway = new Gateway({ ...defaults, now: () => Date.now() });
	const changes = new Changes(gateway);
	for (const kind of ['scm.sal_order', 'ts_model']) changes.create(kind, { customer_name: 'v1' });
	const credential = {
		authentication: 'appToken',
		clientId: demoClient.clientId,
		clientSecret: demoClient.clientSecret,
		gatewayUrl: 'https://jdy.invalid',
		appToken: gateway.tokens.issue(demoAccount),
		routerDomain: demoAccount.domain,
	};
	const node = pollContext({
		workflowId: 'polled',
		parameters: { options: { callsPerMinute: 0 }, ...parameters },
		credential,
		httpRequest: helperTo(gateway, { beforeCall: () => undefined, dateMs: () => Date.now() }),
		staticData: { kingdeeJdy: kingdeeJdy as IDataObject },
	});
	// What n8n makes of an expression.
	const filledIn = (value: unknown) => (typeof value === 'string' ? value.replace(/^=\{\{ (.*) \}\}$/, '$1') : value);
	const context = { ...node, getNodeParameter: (name: string, fallback: unknown) => filledIn(node.getNodeParameter(name, fallback as string)) } as IPollFunctions;
	const state = createState();
	const poll = async () => {
		moveDate(60_000);
		const given: INodeExecutionData[][] | null = await runPoll(context, state);
		return (given ?? []).flat().map(({ json }) => json.id);
	};
	return { changes, poll };
}

describe('a position of the first build', () => {
	it.each([
		['of documents goes on', standard, ofType('bKk84XtOAImumo9ec3IHk5VTBJ--jgR0M5HvbzrEKpc'), 'scm.sal_order'],
		['with a filter goes on', { ...standard, filterMode: 'json', filtersJson: '{"start_bill_date":"1600000000000"}' }, ofType('RdZJmeLQK-Is16aNkt-bBFFGljn8am4egXx8Yxdt0-U'), 'scm.sal_order'],
		['with a filter that moves goes on', { ...standard, filterMode: 'json', filtersJson: '={{ {"start_bill_date":"1600000000001"} }}' }, ofType('of another moment'), 'scm.sal_order'],
		['of custom documents goes on', custom, ofDocuments('2880irGKgiN3AOSR43UYUANp0OhyRdQLOLVL4QB5QKo'), 'ts_model'],
		['of custom documents with conditions that move goes on', { ...custom, conditionsMode: 'json', conditionsJson: '={{ {"since":"2"} }}' }, ofDocuments('of another moment'), 'ts_model'],
	])('%s', async (_case, parameters, kept, kind) => {
		const { changes, poll } = polling(parameters, kept);
		const { id } = changes.create(kind, { customer_name: 'v1', bill_date: '2026-11-22' });
		expect(await poll()).toEqual([id]);
		expect(await poll()).toEqual([]);
		changes.change(kind, id, { customer_name: 'v2' });
		expect(await poll()).toEqual([id]);
		expect(await poll()).toEqual([]);
	});

	it.each([
		['of another type', standard, ofType('of another type'), 'scm.sal_order'],
		['of other custom documents', custom, ofDocuments('of others'), 'ts_model'],
		['of another kind', custom, ofType('2880irGKgiN3AOSR43UYUANp0OhyRdQLOLVL4QB5QKo'), 'ts_model'],
	])('%s starts anew', async (_case, parameters, kept, kind) => {
		const { changes, poll } = polling(parameters, kept);
		changes.create(kind, { customer_name: 'v1' });
		expect(await poll()).toEqual([]);
		const { id } = changes.create(kind, { customer_name: 'v1' });
		expect(await poll()).toEqual([id]);
	});
});
