import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { GatewayState } from '../../../gateway/state';
import { forEachAtOnce } from '../../../shared/concurrency/lanes';
import { errorText, localFailure } from '../../../shared/contract/outcomes';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import { adviceFor } from '../../../shared/results/advice';
import { causeFor } from '../../../shared/results/cause';
import { isOfDocument } from '../../refusals';
import type { ReadBackSettings } from '../parameters';
import { MAX_ITEMS } from '../startItems';
import type { MessageNames, ToRead } from '../startItems';
import { openConnection } from './connection';
import type { ReadBackConnection } from './connection';
import { detailSourceOf, readBackDocument } from './readBack';
import type { DetailSource } from './readBack';

/** Documents of a message that are read: anybody can send a message that names thousands, and each costs a call. */
const MAX_READ = 20;

/** Documents of a message that are read at once. */
const CONCURRENCY = 4;

const NOT_READ = 'Not read back, so nothing is known but what JDY calls it';

/** What could not be read: its names, and why. */
function hintItem(names: MessageNames, id: string | null, why: string, more: IDataObject = {}): IDataObject {
	return { verified: false, hint: `${NOT_READ}. ${why}`, ...names, id, ...more };
}

function unreadItem(names: MessageNames, id: string, failure: ItemFailure): IDataObject {
	const advice = isOfDocument(failure) ? 'It may be deleted, or belong to another account.' : adviceFor(failure, 'read');
	return hintItem(names, id, `${failure.message}. ${advice}`, { cause: causeFor(failure).cause, requestId: failure.requestId });
}

type Open = (settings: ReadBackSettings) => Promise<{ connection: ReadBackConnection } | { failure: ItemFailure }>;

/** Opens the connection to JDY once, if something is to be read. */
export function opening(context: IExecuteFunctions, state: GatewayState): Open {
	let opened: ReturnType<Open> | undefined;
	const open: Open = async ({ sending }) => {
		try {
			return { connection: await openConnection(context, state, sending) };
		} catch (error) {
			return { failure: localFailure('credential', errorText(error)) };
		}
	};
	return async (settings) => await (opened ??= open(settings));
}

/** The documents in the order of their IDs, each as an item: as JDY has it, or why it could not be read. */
async function documentItems(names: MessageNames, ids: readonly string[], source: DetailSource, settings: ReadBackSettings, open: Open): Promise<IDataObject[]> {
	const opened = await open(settings);
	if ('failure' in opened) return ids.map((id) => unreadItem(names, id, opened.failure));
	const items: IDataObject[] = [];
	await forEachAtOnce([...ids.entries()], CONCURRENCY, async ([index, id]) => {
		const read = await readBackDocument(opened.connection, source, id, settings.decrypts);
		items[index] =
			'failure' in read ? unreadItem(names, id, read.failure) : { verified: true, ...names, id, type: source.type.value, document: read.document as IDataObject };
		return true;
	});
	return items;
}

/** What is emitted for a message: its first documents read back, the others as hints, those beyond `MAX_ITEMS` as one. */
export async function readItems({ bizType, msgId, ids }: ToRead, settings: ReadBackSettings, open: Open): Promise<IDataObject[]> {
	const names = { bizType, msgId };
	if (ids.length === 0) return [hintItem(names, null, 'The message names no ID.')];
	const source = await detailSourceOf(bizType);
	const isReadable = typeof source !== 'string';
	const read = isReadable ? await documentItems(names, ids.slice(0, MAX_READ), source, settings, open) : [];
	const why = isReadable ? `${MAX_READ} documents of a message are read back at most.` : `${source}.`;
	const unread = ids.slice(read.length, MAX_ITEMS).map((id) => hintItem(names, id, why));
	const others = ids.slice(MAX_ITEMS);
	return [...read, ...unread, ...(others.length === 0 ? [] : [hintItem(names, null, `The message names ${others.length} more.`, { ids: others })])];
}
