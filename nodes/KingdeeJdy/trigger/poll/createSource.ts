import { createHash } from 'node:crypto';

import { PrivateData } from '../../catalogue/responses/privateData';
import type { Call } from '../../catalogue/types';
import type { Gateway } from '../../gateway/call';
import { lastingAccountOf } from '../../gateway/credential/credential';
import { ENDPOINTS } from '../../operations/customDocument/request';
import { withBoth } from '../../operations/record/reading/disabled';
import type { Row } from '../../shared/contract/row';
import type { Remembered } from '../state/remembered';
import type { Ask } from './ask';
import type { ChangeSource } from './changeSource';
import { onGatewayClock } from './clock';
import { customDetailOf, detailOf } from './details';
import { timesOf } from './filters';
import type { CustomPollSettings, PollSettings, RecordPollSettings } from './parameters';
import { watchDocuments } from './snapshot/watchDocuments';
import type { Scope } from './state';
import { TimedList } from './window/timedList';
import { TimedLists } from './window/timedLists';
import { watchType } from './window/watchType';

/** Rows that one poll emits at most: what is left is emitted by the next ones. */
const MAX_ROWS = 1000;

function digestOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** @param filters what chooses among what is watched */
function scopeOf({ hasMovingFilters }: PollSettings, watched: unknown[], filters: unknown[]): Scope {
	return { watched: digestOf(watched), filters: digestOf(filters), isMoving: hasMovingFilters, earlier: digestOf([...watched, ...filters]) };
}

/** How a poll reaches JDY. */
export interface PollConnection {
	gateway: Gateway;
	remembered: Remembered;
	ask: Ask;
	/** On the machine's clock. */
	startedAtMs: number;
}

function clear(row: Row, call: Call, { gateway }: PollConnection, decrypts: boolean): Row {
	return decrypts && call.encrypted.length > 0 ? (new PrivateData(gateway.credential.clientSecret).inClear(row, call) as Row) : row;
}

function openType(settings: RecordPollSettings, connection: PollConnection) {
	const { type, list, event, filters, arrayFormat, decrypts, details, lookBackMs } = settings;
	const { gateway, remembered, ask, startedAtMs } = connection;
	const { detail } = type;
	// Disabling would be no change if a list shows only what is enabled.
	const asked = { values: withBoth(filters, list) ?? filters, arrayFormat };
	const [byEvent, byCreation] = timesOf(list, event, filters).map((times) => new TimedList(list, times, asked, ask));
	if (!byEvent) throw new TypeError(`${list.id} does not filter by time`);
	const watch = {
		lists: new TimedLists(byEvent, byCreation),
		event,
		maxRows: MAX_ROWS,
		lookBackMs,
		startedAt: () => onGatewayClock(startedAtMs, gateway, remembered),
		now: () => onGatewayClock(gateway.clock.now(), gateway, remembered),
	};
	return watchType(watch, {
		subject: { type: type.value, event },
		scope: scopeOf(settings, [lastingAccountOf(gateway.credential), type.value, event], [filters]),
		readDocument: details ? detailOf(type, ask) : undefined,
		shown: (row, isWhole) => clear(row, isWhole && detail ? detail : list, connection, decrypts),
	});
}

function openDocuments(settings: CustomPollSettings, { gateway, ask }: PollConnection) {
	const { bizType, event, maxPages, request, details } = settings;
	return watchDocuments(
		{ ask: async (page, size) => await ask(ENDPOINTS.list, request(page, size)), event, maxPages },
		{
			subject: { bizType, event },
			scope: scopeOf(settings, [lastingAccountOf(gateway.credential), bizType, event], [maxPages, request(1, 1)]),
			readDocument: details ? customDetailOf(bizType, ask) : undefined,
			shown: (row) => row,
		},
	);
}

/** Calls `use` with what the node watches, whatever the form of its cursor. */
export async function withSource<T>(settings: PollSettings, connection: PollConnection, use: <P>(source: ChangeSource<P>) => Promise<T>): Promise<T> {
	return settings.resource === 'record' ? await use(openType(settings, connection)) : await use(openDocuments(settings, connection));
}
