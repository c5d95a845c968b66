import type { IDataObject } from 'n8n-workflow';

import { parametersOf, types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { Call, RecordType } from '../../../nodes/KingdeeJdy/catalogue/types.ts';
import { demoAccount } from '../../emulator/settings.mts';
import { office } from '../../helpers/office.mts';
import { freezeDate } from '../../helpers/time.mts';

// Where a second ends between two polls, a list with rows of that second is asked once more for what changed in it.
beforeEach(() => void freezeDate());
afterEach(() => jest.useRealTimers());

/** What JDY gives an account in a minute [D]. */
const CALLS_PER_MINUTE = 500;

const record = (value: string, more: IDataObject = {}) => ({ resource: 'record', type: { mode: 'list', value }, event: 'changed', details: false, ...more });

/** A trigger for each list that filters by time, with the filters that some lists demand. */
async function timedTriggers() {
	const timed = (await types()).filter((type): type is RecordType & { list: Call } => (type.list?.changed ?? type.list?.created) !== undefined);
	return timed.map(({ value, list }) => {
		const demanded = parametersOf(list).filter(({ name, required }) => required && name !== list.paging?.page && name !== list.paging?.pageSize);
		const filters = Object.fromEntries(demanded.map(({ name, type }) => [name, type === 'array' ? ['1'] : '1']));
		return { path: list.path, calls: list.changed && list.created ? 2 : 1, parameters: record(value, { event: list.changed ? 'changed' : 'created', filterMode: 'json', filtersJson: JSON.stringify(filters) }) };
	});
}

it('every list that JDY filters by time starts from now, and a poll of what did not change is one call for each of its times', async () => {
	const { paths, triggerOf } = office();
	const timed = await timedTriggers();
	expect(timed.length).toBeGreaterThanOrEqual(70);
	for (const { path, calls, parameters } of timed) {
		const poll = triggerOf(parameters);
		expect([path, await poll()]).toEqual([path, undefined]);
		paths.length = 0;
		expect([path, await poll()]).toEqual([path, undefined]);
		expect(paths).toEqual(Array.from({ length: calls }, () => path));
	}
});

it('a hundred types polled every minute leave most of the calls of a minute to others', async () => {
	const { paths, triggerOf } = office();
	const all = await timedTriggers();
	const timed = all.map(({ parameters }) => parameters);
	const custom = Array.from({ length: 100 - timed.length }, (_unused, no) => ({ resource: 'customDocument', bizType: `ts_${no}`, event: 'changed', details: false, conditionsMode: 'fields', conditions: {} }));
	const polls = [...timed, ...custom].map(triggerOf);
	expect(polls).toHaveLength(100);
	for (const poll of polls) await poll();
	paths.length = 0;
	for (const poll of polls) await poll();
	expect(paths).toHaveLength(custom.length + all.reduce((sum, { calls }) => sum + calls, 0));
	expect(paths.length).toBeLessThan(CALLS_PER_MINUTE / 2);
});

it('a test in the editor shows the newest five and moves nothing', async () => {
	const { gateway, triggerOf } = office();
	const poll = triggerOf(record('scm/sal_order'));
	const newest = gateway.records.of(demoAccount, 'scm.sal_order').toSorted((a, b) => b.modifiedMs - a.modifiedMs);
	expect((await poll('manual'))?.map(({ json }) => json.id)).toEqual(newest.slice(0, 5).map(({ id }) => id));
	expect(await poll()).toBeUndefined();
	expect(await poll()).toBeUndefined();
});
