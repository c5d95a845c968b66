import type { IExecuteFunctions } from 'n8n-workflow';

import type { GatewayState } from '../../../gateway/state';
import { errorText } from '../../../shared/contract/outcomes';
import { keyStoreOf } from '../../../shared/deduplication/keyStore';
import type { KeyStore } from '../../../shared/deduplication/keyStore';

/** Records a message for one execution in n8n's list of processed data. */
class Recording {
	private readonly context: IExecuteFunctions;

	private readonly store: KeyStore;

	private readonly mark: string;

	/** The message in this very execution. */
	private readonly own: string;

	constructor(context: IExecuteFunctions, state: GatewayState, mark: string) {
		this.context = context;
		this.store = keyStoreOf(context, state);
		this.mark = mark;
		this.own = `${mark} ${context.getExecutionId()}`;
	}

	/** Whether another execution had recorded the message; no if n8n's list cannot be read. */
	async wasOfAnother(): Promise<boolean> {
		const before = await this.store.add([this.mark, this.own], this.own).catch((error: unknown) => this.warn(error));
		return before !== undefined && before.has(this.mark) && !before.has(this.own);
	}

	/** Records the message again if it is gone: other workers overwrite the list. */
	async keep(): Promise<void> {
		await this.store.keepAmongOthers([this.mark, this.own]).catch((error: unknown) => this.warn(error));
	}

	private warn(error: unknown): undefined {
		this.context.logger.warn(`${this.context.getNode().name} could not look whether this message has come before: ${errorText(error)}`);
	}
}

/**
 * Gives a message out unless another execution has done so. In queue mode each worker has its own copy of the static data, and
 * the last one that writes it wins; n8n's list of processed data is one that all of them see. It exists in `execute` only.
 *
 * An execution that runs again emits its message again: its worker was lost, or a user retries it.
 *
 * @returns undefined if the message has been emitted before
 */
export async function onceForAll<T>(context: IExecuteFunctions, state: GatewayState, mark: string | undefined, work: () => Promise<T>): Promise<T | undefined> {
	if (mark === undefined || context.getMode() === 'retry') return await work();
	const recording = new Recording(context, state, mark);
	if (await recording.wasOfAnother()) return undefined;
	const [result] = await Promise.all([work(), recording.keep()]);
	return result;
}
