/**
 * What n8n is doing when it is killed: JDY has been `asked`, or has just `answered`; or the database lets n8n write one of the
 * two things by which a poll ends, but not the other: how far it has got (`beforeState`), and the execution (`beforeExecution`).
 */
export type Moment = 'asked' | 'answered' | 'beforeState' | 'beforeExecution';

export interface Lane {
	/** Settings of n8n. */
	settings: NodeJS.ProcessEnv;
	/** Where n8n keeps how far the trigger has got. */
	state: { column: string; table: string };
	moments: readonly Moment[];
}

const AS_INSTALLED = { settings: {}, state: { column: '"staticData"', table: 'workflow_entity' } };

/** A kill each; of ten, most in the middle of a poll. */
export const LANES: Record<string, Lane> = {
	/** n8n as it is installed. */
	default: { ...AS_INSTALLED, moments: ['asked', 'answered', 'asked', 'beforeState', 'asked', 'asked', 'answered', 'asked', 'beforeState', 'asked'] },
	/** The moment in which n8n as it is installed loses what a poll gave out. */
	gap: { ...AS_INSTALLED, moments: ['beforeExecution', 'beforeExecution'] },
	/** n8n writes how far the trigger has got and the execution together. */
	durable: {
		settings: {
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
			N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
		},
		state: { column: 'cursor', table: 'poller_state' },
		moments: ['asked', 'answered', 'beforeExecution', 'beforeState', 'asked', 'answered', 'beforeExecution', 'asked', 'beforeState', 'asked'],
	},
};
