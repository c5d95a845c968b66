import type { IExecuteFunctions } from 'n8n-workflow';

import type { Memory } from '../../gateway/memory';
import { pause } from '../../gateway/transport/timing';
import { nodeStore } from '../../shared/marks';
import { textOf } from '../../shared/outcomes';

/** How often it is looked whether a message that was recorded is still there. */
const LOOKS = 5;

/** Longer than n8n's database takes for a list; by chance, so that two workers do not keep in step. */
const MAX_PAUSE_MS = 100;

/** Records a message for one execution in n8n's list of processed data. */
class Recording {
	private readonly context: IExecuteFunctions;

	private readonly memory: Memory;

	private readonly mark: string;

	/** The message in this very execution. */
	private readonly own: string;

	constructor(context: IExecuteFunctions, memory: Memory, mark: string) {
		this.context = context;
		this.memory = memory;
		this.mark = mark;
		this.own = `${mark} ${context.getExecutionId()}`;
	}

	/** Whether another execution had recorded the message; no if n8n's list cannot be read. */
	async wasOfAnother(): Promise<boolean> {
		const before = (await this.record()) ?? [];
		return before.includes(this.mark) && !before.includes(this.own);
	}

	/** Records the message again where it is gone: the list is read and written back without a lock, also by other workers. */
	async keep(): Promise<void> {
		for (let look = 1; look <= LOOKS; look++) {
			await pause(Math.random() * MAX_PAUSE_MS, this.context.getExecutionCancelSignal());
			const before = await this.record();
			if (!before || before.includes(this.own)) return;
		}
	}

	private async record(): Promise<string[] | undefined> {
		const { context, memory, mark, own } = this;
		try {
			return await nodeStore(context, memory).record([mark, own]);
		} catch (error) {
			context.logger.warn(`${context.getNode().name} could not look whether this message has come before: ${textOf(error)}`);
			return undefined;
		}
	}
}

/**
 * Gives a message out unless another execution has done so. In queue mode each worker has its own copy of the static data, and
 * the last one that writes it wins; n8n's list of processed data is one that all of them see. It exists in `execute` only.
 *
 * An execution that runs again gives its message out again: its worker was lost, or somebody retries it.
 *
 * @returns undefined if the message has been given out before
 */
export async function onceForAll<T>(context: IExecuteFunctions, memory: Memory, mark: string | undefined, giveOut: () => Promise<T>): Promise<T | undefined> {
	if (mark === undefined || context.getMode() === 'retry') return await giveOut();
	const recording = new Recording(context, memory, mark);
	if (await recording.wasOfAnother()) return undefined;
	const [given] = await Promise.all([giveOut(), recording.keep()]);
	return given;
}
