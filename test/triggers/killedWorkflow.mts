import { POLL_TRIGGER } from '../helpers/nodeType.mts';

export const POLLED = 'polled0000000001';

export const POLL_EVERY_MS = 3_000;

/** n8n refuses a time that comes more often than once a minute, so there are several. */
const POLL_TIMES = Array.from({ length: 60_000 / POLL_EVERY_MS }, (_unused, nth) => ({ mode: 'custom', cronExpression: `${(nth * POLL_EVERY_MS) / 1000} * * * * *` }));

/** Trigger -> nothing: that it was started is enough. */
export const polledWorkflow = (credentialId: string) => ({
	id: POLLED,
	name: 'Polled',
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		{
			id: 'trigger',
			name: 'Changed',
			type: POLL_TRIGGER,
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: POLL_TIMES },
				resource: 'record',
				type: { __rl: true, mode: 'list', value: 'scm/sal_order' },
				event: 'changed',
				options: {},
			},
			credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } },
		},
		{ id: 'after', name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [260, 0], parameters: {} },
	],
	connections: { Changed: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
});
