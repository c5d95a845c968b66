import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../gateway/json/json';
import { authorisedAccounts } from './message/authorize';
import { idsIn } from './message/ids';
import { APP_AUTHORIZE } from './message/message';
import type { Message } from './message/message';
import type { Listening } from './parameters';

/** What every item has: names, which say nothing about a document. */
export interface MessageNames {
	bizType: string;
	msgId: string | null;
}

/** A message whose documents are still to be read: n8n keeps it with the execution, and nothing else of the message. */
export interface ToRead extends MessageNames {
	ids: string[];
}

/** Items that one message makes: real ones name fewer, and anybody can send one that names more. */
export const MAX_ITEMS = 1000;

const UNCHECKED = 'JDY does not sign its messages: nobody has checked this one.';

function accountItems(names: MessageNames, data: unknown, showsSecrets: boolean): IDataObject[] {
	const all = authorisedAccounts(data, showsSecrets);
	const items = all.slice(0, MAX_ITEMS).map((account): IDataObject => ({ verified: false, hint: UNCHECKED, ...names, account }));
	const others = all.slice(MAX_ITEMS);
	return others.length === 0 ? items : [...items, { verified: false, hint: `${UNCHECKED} It names ${others.length} more.`, ...names, accounts: others }];
}

/** What the trigger starts the workflow with: what is to be read back, or else what is emitted as it is, marked as unverified. */
function itemsFor(message: Message, { readsBack, showsSecrets }: Listening): IDataObject[] {
	const names = { bizType: message.bizType, msgId: message.msgId ?? null };
	const { data, operation, timestamp } = message.body;
	if (message.bizType === APP_AUTHORIZE) return accountItems(names, data, showsSecrets);
	if (readsBack) return [{ ...names, ids: idsIn(data) }];
	return [{ verified: false, hint: `${UNCHECKED} Read Back is off.`, ...names, message: { operation, timestamp, data } as IDataObject }];
}

/**
 * The items with which a message starts the workflow.
 *
 * @param mark by which the message is recognised when it is sent again; the execution remembers it
 */
export function startItems(message: Message, listening: Listening, mark: string | undefined): IDataObject[] {
	const items = itemsFor(message, listening);
	return mark === undefined ? items : items.map((item) => ({ ...item, mark }));
}

/** An item as it was before it was marked. */
export function unmarked(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'mark'));
}

/** Whether the documents of an item are still to be read. */
export function isToRead(json: unknown): json is ToRead {
	return isRecord(json) && !('verified' in json) && typeof json.bizType === 'string' && Array.isArray(json.ids);
}
