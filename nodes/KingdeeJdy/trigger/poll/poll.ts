import type { ICredentialDataDecryptedObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { call } from '../../gateway/call';
import { CREDENTIAL_NAME } from '../../gateway/credential/credential';
import type { GatewayState } from '../../gateway/state';
import { gatewayFor } from '../../shared/connection/openGateway';
import { runtimeFailure } from '../../shared/connection/runtime';
import { asRead, errorText, localFailure } from '../../shared/contract/outcomes';
import type { LocalFailureKind } from '../../shared/contract/kinds';
import { ReferenceFailure } from '../../shared/references/referenceFailure';
import { rowJson } from '../../shared/results/output';
import { resolved } from '../../shared/runner/references';
import { pollError } from '../failure';
import { askerOf, noteRefusal, refusalOf } from '../refusals';
import type { Asker } from '../refusals';
import { triggerKey } from '../state/nodeData';
import { rememberedIn } from '../state/remembered';
import type { Remembered } from '../state/remembered';
import type { PollResult } from './ask';
import type { ChangeSource, CursorUpdate } from './changeSource';
import { watchingClock } from './clock';
import { withSource } from './createSource';
import type { PollConnection } from './createSource';
import { readDetails } from './details';
import type { Detailed } from './details';
import type { Entry } from './entries';
import { readPollSettings } from './parameters';
import type { PollSettings } from './parameters';
import { readState, writeState } from './state';

/** Documents that a test in the editor shows. */
const SHOWN = 5;

/** The time that a poll may take if n8n does not say, and the part of it after which no further document is read. */
const BUDGET_MS = 5 * 60_000;
const PART_OF_BUDGET = 0.7;

async function detailed<P>({ readDocument }: ChangeSource<P>, entries: readonly Entry[], hasTime: () => boolean): Promise<PollResult<Detailed[]>> {
	if (!readDocument) return { value: entries.map((entry) => ({ entry, rows: entry.rows, isWhole: false })) };
	return await readDetails(entries, readDocument, hasTime);
}

function itemsOf<P>({ shown }: ChangeSource<P>, documents: readonly Detailed[]): INodeExecutionData[] {
	return documents.flatMap(({ rows, isWhole }) => rows.map((row) => ({ json: rowJson(shown(row, isWhole)) })));
}

/** The newest few; nothing is remembered of them. */
async function showNewest<P>(source: ChangeSource<P>): Promise<PollResult<INodeExecutionData[]>> {
	const newest = await source.newest(SHOWN);
	if ('failure' in newest) return newest;
	const documents = await detailed(source, newest.value, () => true);
	return 'failure' in documents ? documents : { value: itemsOf(source, documents.value) };
}

/** Changed between its row and its details, a document was emitted the poll before as it is now. */
function isNews({ entry: { document, documentBefore } }: Detailed): boolean {
	return document === undefined || document !== documentBefore;
}

/** What is new since the last poll. How far this one has got is written once all of it has been read. */
async function pollNext<P>(context: IPollFunctions, source: ChangeSource<P>, hasTime: () => boolean): Promise<PollResult<INodeExecutionData[]>> {
	const tell = (message: string) => context.logger.info(`${context.getNode().name}: ${message}`);
	const keep = ({ cursor, warnings }: CursorUpdate<P>) => {
		for (const warning of warnings) context.logger.warn(`${context.getNode().name}: ${warning}`);
		writeState(context, source.scope, source.storeCursor(cursor));
	};
	const before = readState(context, source.scope, source.readCursor);
	if (before === undefined) {
		const start = await source.start();
		if ('failure' in start) return start;
		keep(start.value);
		return { value: [] };
	}
	const changes = await source.next(before);
	if ('failure' in changes) return changes;
	const { fresh, cursorAfter, notes } = changes.value;
	const documents = await detailed(source, fresh, hasTime);
	if ('failure' in documents) return documents;
	const emitted = documents.value;
	const isAll = emitted.length === fresh.length;
	if (!isAll) tell(`There was time for ${emitted.length} of ${fresh.length} documents; the next poll goes on with the others`);
	const unread = source.readDocument ? emitted.filter(({ isWhole }) => !isWhole).length : 0;
	if (unread > 0) tell(`${unread} of ${emitted.length} documents could not be read whole and come as their rows in the list`);
	for (const note of notes) tell(note);
	const cursor = await cursorAfter(emitted.map(({ entry }) => entry), isAll);
	if ('failure' in cursor) return cursor;
	keep(cursor.value);
	return { value: itemsOf(source, emitted.filter(isNews)) };
}

/** Runs a step of the preparation; what it throws is a failure of that kind. */
async function prepare<T>(kind: LocalFailureKind, step: () => Promise<T> | T): Promise<PollResult<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: error instanceof ReferenceFailure ? error.failure : localFailure(kind, errorText(error)) };
	}
}

/** The settings with the IDs of what their filters refer to. */
async function withReferences(settings: PollSettings, { gateway }: PollConnection): Promise<PollSettings> {
	if (settings.resource !== 'record' || !settings.references) return settings;
	return await resolved({ gateway, references: settings.references, call: async (endpoint, body) => await call(gateway, endpoint, body, settings.sending) });
}

interface OpenedPoll {
	connection: PollConnection;
	asker: Asker;
}

async function open(
	context: IPollFunctions,
	state: GatewayState,
	remembered: Remembered,
	{ sending, ...settings }: PollSettings,
): Promise<OpenedPoll> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME);
	const gateway = watchingClock(gatewayFor(context, state, data, sending), remembered);
	const asker = askerOf(data, sending, settings.resource === 'record' ? settings.list.id : 'custom documents');
	const ask: PollConnection['ask'] = async (endpoint, body) => asRead(await call(gateway, endpoint, body, sending));
	return { connection: { gateway, remembered, ask, startedAtMs: gateway.clock.now() }, asker };
}

/** @throws NodeApiError with a cause by which n8n decides when to poll again; then nothing was remembered */
async function pollOnce(context: IPollFunctions, state: GatewayState, isManual: boolean): Promise<INodeExecutionData[][] | null> {
	const remembered = rememberedIn(state);
	const endsAtMs = performance.now() + PART_OF_BUDGET * (context.getPollBudgetMs?.() ?? BUDGET_MS);
	const settings = await prepare('input', async () => await readPollSettings(context));
	if ('failure' in settings) throw pollError(context.getNode(), settings.failure, {});
	const opened = await prepare('credential', async () => await open(context, state, remembered, settings.value));
	if ('failure' in opened) throw pollError(context.getNode(), opened.failure, {});
	const { connection, asker } = opened.value;
	const watched = await prepare('input', async () => await withReferences(settings.value, connection));
	if ('failure' in watched) throw pollError(context.getNode(), watched.failure, {});
	const unknown = watched.value.resource === 'record' ? watched.value.unknown : [];
	if (isManual && unknown.length > 0) context.logger.warn(`${context.getNode().name}: filters that are not as documented went out as they are: ${unknown.join(', ')}`);
	return await withSource(watched.value, connection, async (source) => {
		const refused = isManual ? undefined : refusalOf(remembered, asker, connection.startedAtMs);
		if (refused) throw pollError(context.getNode(), refused, source.subject);
		const polled = isManual ? await showNewest(source) : await pollNext(context, source, () => performance.now() < endsAtMs);
		if ('value' in polled) return polled.value.length === 0 ? null : [polled.value];
		noteRefusal(remembered, asker, polled.failure, connection.startedAtMs);
		throw pollError(context.getNode(), polled.failure, source.subject);
	});
}

/**
 * Polls. n8n may start a poll while the one before is still under way: that one would emit the same once more.
 *
 * @throws NodeApiError for a poll that failed
 */
export async function runPoll(context: IPollFunctions, state: GatewayState): Promise<INodeExecutionData[][] | null> {
	const tooOld = runtimeFailure();
	if (tooOld) throw pollError(context.getNode(), tooOld, {});
	const { polling } = rememberedIn(state);
	if (context.getMode() === 'manual') return await pollOnce(context, state, true);
	const key = triggerKey(context);
	if (polling.has(key)) return null;
	polling.add(key);
	try {
		return await pollOnce(context, state, false);
	} finally {
		polling.delete(key);
	}
}
