import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { runPoll } from '../../nodes/KingdeeJdy/trigger/poll/poll.ts';
import { Gateway } from '../emulator/gateway.mts';
import { defaults, demoAccount, demoClient } from '../emulator/settings.mts';
import type { Settings } from '../emulator/settings.mts';
import { helperTo } from '../triggers/inProcess.mts';
import type { Accident } from '../triggers/inProcess.mts';
import { pollContext } from '../triggers/pollContext.mts';

export interface Office {
	gateway: Gateway;
	/** Of the calls, in order. */
	paths: string[];
	/** What n8n's log has been told. */
	logs: string[];
	/** Chooses what becomes of a call instead of its answer. */
	setAccident: (choose: (path: string) => Accident | undefined) => void;
	triggerOf: (parameters: IDataObject) => (mode?: 'trigger' | 'manual') => Promise<INodeExecutionData[] | undefined>;
}

/** Polls triggers of one account, each with a database row of its own. */
export function office(settings: Partial<Settings> = {}): Office {
	// JDY stamps documents a little behind the clock: what is made now belongs to a span that the next poll reads.
	const now = () => Date.now() - 5_000;
	const gateway = new Gateway({ ...defaults, now, seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity, ...settings });
	const state = createState();
	const credential = {
		authentication: 'appToken',
		clientId: demoClient.clientId,
		clientSecret: demoClient.clientSecret,
		gatewayUrl: 'https://jdy.invalid',
		appToken: gateway.tokens.issue(demoAccount),
		routerDomain: demoAccount.domain,
	};
	const paths: string[] = [];
	const logs: string[] = [];
	let accidentFor: (path: string) => Accident | undefined = () => undefined;
	const beforeCall = (path: string) => {
		paths.push(path);
		return accidentFor(path);
	};
	const httpRequest = helperTo(gateway, { beforeCall, dateMs: () => Date.now() });
	const triggerOf = (given: IDataObject) => {
		const staticData: IDataObject = {};
		const about = { workflowId: JSON.stringify(given), credential, httpRequest, staticData, logs };
		return async (mode: 'trigger' | 'manual' = 'trigger') => (await runPoll(pollContext({ ...about, parameters: { options: { callsPerMinute: 0 }, ...given }, mode }), state))?.flat();
	};
	return { gateway, paths, logs, setAccident: (choose) => void (accidentFor = choose), triggerOf };
}
