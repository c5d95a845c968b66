import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../gateway/json';
import { authorisedAccounts } from './authorize';
import { MAX_IDS, idsIn } from './ids';
import { APP_AUTHORIZE } from './message';
import type { Message } from './message';
import type { Listening } from './parameters';

/** What goes with every item: names, which say nothing about a document. */
export interface Names {
	bizType: string;
	msgId: string | null;
}

/** A message whose documents are still to be read: n8n keeps it with the execution, and nothing else of the message. */
export interface ToRead extends Names {
	ids: string[];
	/** IDs that are not read, because nobody sends so many. */
	left: number;
}

const UNCHECKED = 'JDY does not sign its messages: nobody has checked this one.';

function namesOf({ bizType, msgId }: Message): Names {
	return { bizType, msgId: msgId ?? null };
}

/** What the trigger starts the workflow with: what is to be read back, or else what comes out as it is, marked as unverified. */
export function handedOver(message: Message, { readsBack, showsSecrets }: Listening): IDataObject[] {
	const names = namesOf(message);
	const { data, operation, timestamp } = message.body;
	if (message.bizType === APP_AUTHORIZE) {
		return authorisedAccounts(data, showsSecrets).map((account) => ({ verified: false, hint: UNCHECKED, ...names, account }));
	}
	if (!readsBack) return [{ verified: false, hint: `${UNCHECKED} Read Back is off.`, ...names, message: { operation, timestamp, data } as IDataObject }];
	const ids = idsIn(data);
	return [{ ...names, ids: ids.slice(0, MAX_IDS), left: Math.max(0, ids.length - MAX_IDS) }];
}

/** Whether the documents of an item are still to be read. */
export function isToRead(json: unknown): json is ToRead {
	return isRecord(json) && !('verified' in json) && typeof json.bizType === 'string' && Array.isArray(json.ids);
}
