import { readPollSettings } from '../../../nodes/KingdeeJdy/trigger/poll/parameters.ts';
import { pollContext } from '../../triggers/pollContext.mts';

/** Half past midnight in China, when New York has the day before. */
const filtersJson = JSON.stringify({ start_bill_date: '2026-07-14T00:30:00+08:00' });

async function filtersOf(options: object) {
	const type = { __rl: true, mode: 'list', value: 'scm/sal_order' };
	const parameters = { resource: 'record', type, event: 'changed', filterMode: 'json', filtersJson, options: { ...options } };
	const context = pollContext({ workflowId: 'zone', parameters, credential: {}, httpRequest: async () => ({}), staticData: {} });
	const settings = await readPollSettings({ ...context, getTimezone: () => 'America/New_York' });
	return settings.resource === 'record' ? settings.filters : undefined;
}

it.each([
	[{}, '2026-07-14'],
	[{ timeZone: 'America/New_York' }, '2026-07-13'],
])('the dates of filters are those of JDY: with %j', async (options, written) => {
	expect(await filtersOf(options)).toEqual({ start_bill_date: written });
});

it('a zone that nobody knows is refused', async () => {
	await expect(filtersOf({ timeZone: 'Asia/Peking' })).rejects.toThrow('Time Zone "Asia/Peking" is not known; use a name such as Asia/Shanghai');
});
