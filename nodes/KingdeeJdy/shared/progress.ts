import type { Logger } from 'n8n-workflow';

const INTERVAL_MS = 10_000;
const MINUTE_MS = 60_000;

/** Tells in n8n's log how far a long run is, at most every 10 s. */
export class Progress {
	private saved = 0;

	private failed = 0;

	private readonly startedAtMs = Date.now();

	private toldAtMs = this.startedAtMs;

	private readonly logger: Logger;

	private readonly total: number;

	constructor(logger: Logger, total: number) {
		this.logger = logger;
		this.total = total;
	}

	count(isSaved: boolean): void {
		if (isSaved) this.saved += 1;
		else this.failed += 1;
		const nowMs = Date.now();
		if (nowMs - this.toldAtMs < INTERVAL_MS) return;
		this.toldAtMs = nowMs;
		const { saved, failed, total } = this;
		const callsAMinute = Math.round(((saved + failed) * MINUTE_MS) / (nowMs - this.startedAtMs));
		this.logger.info(`Kingdee JDY Custom Save: ${saved} saved, ${failed} failed, ${total - saved - failed} left, ${callsAMinute} calls a minute`);
	}
}
