import type { Logger } from 'n8n-workflow';

import type { Action } from '../contract/action';

const INTERVAL_MS = 10_000;
const MINUTE_MS = 60_000;

/** Tells in n8n's log how far a long run is, at most every 10 s. */
export class Progress {
	private done = 0;

	private failed = 0;

	private readonly startedAtMs = Date.now();

	private toldAtMs = this.startedAtMs;

	private readonly logger: Logger;

	private readonly total: number;

	private readonly action: Action;

	private readonly nodeName: string;

	/** @param nodeName as the user has named the node */
	constructor({ logger, nodeName }: { logger: Logger; nodeName: string }, total: number, action: Action) {
		this.logger = logger;
		this.nodeName = nodeName;
		this.total = total;
		this.action = action;
	}

	count(isDone: boolean): void {
		if (isDone) this.done += 1;
		else this.failed += 1;
		const nowMs = Date.now();
		if (nowMs - this.toldAtMs < INTERVAL_MS) return;
		this.toldAtMs = nowMs;
		const { done, failed, total } = this;
		const word = this.action === 'save' ? 'saved' : 'done';
		const eachMinute = Math.round(((done + failed) * MINUTE_MS) / (nowMs - this.startedAtMs));
		const left = total - done - failed;
		this.logger.info(`Kingdee JDY, node "${this.nodeName}": ${done} ${word}, ${failed} failed, ${left} left, ${eachMinute} items a minute`);
	}
}
