import type { INode, INodeType } from 'n8n-workflow';

import { KingdeeJdyCustomSave } from '../helpers/built.mts';
import { SignedSave } from './contender.mts';
import { TIMEOUT_MS } from './faults.mts';

/** Who sends: this package's node, or what people use today. */
export interface Sender {
	nodeType: INodeType;
	parameters: INode['parameters'];
	settings: Partial<INode>;
	/** Through the pooled connection to the official gateway, which is led to the emulator. */
	isDirect?: boolean;
	/** Looks for documents whose outcome is unknown. */
	looksUp?: boolean;
	/** Documents are under way at the same time. */
	sendsSeveral?: boolean;
}

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const OPTIONS = { timeout: TIMEOUT_MS, callsPerMinute: 0 };

function node(settings: Partial<INode>, options: object = {}): Sender {
	const parameters = { bizType: 'ts_1', dataMode: 'inputItem', options: { ...OPTIONS, ...options } };
	return { nodeType: new KingdeeJdyCustomSave(), parameters, settings };
}

export const senders = {
	node: () => node({ onError: 'continueErrorOutput' }),
	fiveAtOnce: (): Sender => ({ ...node({ onError: 'continueErrorOutput' }, { concurrency: 5 }), sendsSeveral: true }),
	fiveAtOnceDirectly: (): Sender => ({ ...senders.fiveAtOnce(), isDirect: true }),
	lookingUp: (): Sender => {
		const sender = node({ onError: 'continueErrorOutput' }, { concurrency: 3, lookUpField: 'item' });
		return { ...sender, parameters: { ...sender.parameters, deduplicationKey: '={{ $json.item }}' }, looksUp: true, sendsSeveral: true };
	},
	retryInContinueMode: () => node({ onError: 'continueRegularOutput', ...RETRY_ON_FAIL }),
	retryInStopMode: () => node(RETRY_ON_FAIL),
	httpRequest: (): Sender => ({ nodeType: new SignedSave(), parameters: { timeout: TIMEOUT_MS }, settings: { onError: 'continueErrorOutput', ...RETRY_ON_FAIL } }),
};
