/** How calls go out: the options that every operation has. */
export interface Sending {
	timeoutMs: number;
	maxAttempts: number;
	/** Whether the user has set them. @default false */
	areAttemptsSet?: boolean;
	/** Calls in flight; that of the first item counts for the run. */
	concurrency: number;
	/** 0 means no limit. */
	callsPerMinute: number;
	connection: 'automatic' | 'n8n';
	dryRun: boolean;
	/** Chooses among the accounts of an instance; undefined: what the credential says. */
	account?: string | undefined;
	/** Names another instance; undefined: that of the credential. */
	instanceId?: string | undefined;
}

/** What names the account of an item among those that its credential leads to. */
export type AccountChoice = Pick<Sending, 'account' | 'instanceId'>;
