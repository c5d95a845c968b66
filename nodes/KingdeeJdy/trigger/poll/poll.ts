import type { ICredentialDataDecryptedObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { call } from '../../gateway/call';
import { CREDENTIAL_NAME } from '../../gateway/credential/credential';
import type { Memory } from '../../gateway/state';
import { gatewayFor } from '../../shared/connection/openGateway';
import { runtimeFailure } from '../../shared/connection/runtime';
import { asRead, held, textOf } from '../../shared/contract/outcomes';
import type { HeldKind } from '../../shared/contract/outcomes';
import { rowJson } from '../../shared/results/output';
import { pollError } from '../failure';
import { askerOf, noteRefusal, refusalOf } from '../refusals';
import type { Asker } from '../refusals';
import { triggerKey } from '../state/nodeData';
import { rememberedIn } from '../state/remembered';
import type { Remembered } from '../state/remembered';
import type { Read } from './ask';
import type { Reached, Watched } from './changeSource';
import { watchingClock } from './clock';
import { withWatched } from './createSource';
import type { Line } from './createSource';
import { readDetails } from './details';
import type { Detailed } from './details';
import type { Entry } from './entries';
import { readPollSettings } from './parameters';
import type { PollSettings } from './parameters';
import { readState, writeState } from './state';

/** Documents that a test in the editor shows. */
const SHOWN = 5;

/** The time that a poll may take where n8n does not tell, and the part of it after which no further document is read. */
const BUDGET_MS = 5 * 60_000;
const PART_OF_BUDGET = 0.7;

async function detailed<P>({ readDocument }: Watched<P>, entries: readonly Entry[], hasTime: () => boolean): Promise<Read<Detailed[]>> {
	if (!readDocument) return { value: entries.map((entry) => ({ entry, rows: entry.rows, isWhole: false })) };
	return await readDetails(entries, readDocument, hasTime);
}

function itemsOf<P>({ shown }: Watched<P>, documents: readonly Detailed[]): INodeExecutionData[] {
	return documents.flatMap(({ rows, isWhole }) => rows.map((row) => ({ json: rowJson(shown(row, isWhole)) })));
}

/** The newest few; nothing is remembered of them. */
async function showNewest<P>(watched: Watched<P>): Promise<Read<INodeExecutionData[]>> {
	const newest = await watched.newest(SHOWN);
	if ('failure' in newest) return newest;
	const documents = await detailed(watched, newest.value, () => true);
	return 'failure' in documents ? documents : { value: itemsOf(watched, documents.value) };
}

/** Changed between its row and its details, a document was given out the poll before as it is now. */
function isNews({ entry: { document, documentBefore } }: Detailed): boolean {
	return document === undefined || document !== documentBefore;
}

/** What is new since the last poll. How far this one has got is written once all of it has been read. */
async function pollNext<P>(context: IPollFunctions, watched: Watched<P>, hasTime: () => boolean): Promise<Read<INodeExecutionData[]>> {
	const tell = (message: string) => context.logger.info(`${context.getNode().name}: ${message}`);
	const keep = ({ position, warnings }: Reached<P>) => {
		for (const warning of warnings) context.logger.warn(`${context.getNode().name}: ${warning}`);
		writeState(context, watched.scope, watched.storePosition(position));
	};
	const before = readState(context, watched.scope, watched.readPosition);
	if (before === undefined) {
		const start = await watched.start();
		if ('failure' in start) return start;
		keep(start.value);
		return { value: [] };
	}
	const news = await watched.next(before);
	if ('failure' in news) return news;
	const { fresh, positionAfter, notes } = news.value;
	const documents = await detailed(watched, fresh, hasTime);
	if ('failure' in documents) return documents;
	const given = documents.value;
	const isAll = given.length === fresh.length;
	if (!isAll) tell(`There was time for ${given.length} of ${fresh.length} documents; the next poll goes on with the others`);
	const unread = watched.readDocument ? given.filter(({ isWhole }) => !isWhole).length : 0;
	if (unread > 0) tell(`${unread} of ${given.length} documents could not be read whole and come as their rows in the list`);
	for (const note of notes) tell(note);
	const position = await positionAfter(given.map(({ entry }) => entry), isAll);
	if ('failure' in position) return position;
	keep(position.value);
	return { value: itemsOf(watched, given.filter(isNews)) };
}

/** Runs a step of the preparation; what it throws is a failure of that kind. */
async function prepare<T>(kind: HeldKind, step: () => Promise<T> | T): Promise<Read<T>> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: held(kind, textOf(error)) };
	}
}

interface Opened {
	line: Line;
	asker: Asker;
}

async function open(
	context: IPollFunctions,
	memory: Memory,
	remembered: Remembered,
	{ sending, ...settings }: PollSettings,
): Promise<Opened> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME);
	const gateway = watchingClock(gatewayFor(context, memory, data, sending), remembered);
	const asker = askerOf(data, sending, settings.resource === 'record' ? settings.list.id : 'custom documents');
	const ask: Line['ask'] = async (endpoint, body) => asRead(await call(gateway, endpoint, body, sending));
	return { line: { gateway, remembered, ask, startedAtMs: gateway.clock.now() }, asker };
}

/** @throws NodeApiError with a cause by which n8n decides when to poll again; then nothing was remembered */
async function pollOnce(context: IPollFunctions, memory: Memory, isManual: boolean): Promise<INodeExecutionData[][] | null> {
	const remembered = rememberedIn(memory);
	const endsAtMs = performance.now() + PART_OF_BUDGET * (context.getPollBudgetMs?.() ?? BUDGET_MS);
	const settings = await prepare('input', async () => await readPollSettings(context));
	if ('failure' in settings) throw pollError(context.getNode(), settings.failure, {});
	const opened = await prepare('credential', async () => await open(context, memory, remembered, settings.value));
	if ('failure' in opened) throw pollError(context.getNode(), opened.failure, {});
	const { line, asker } = opened.value;
	const unknown = settings.value.resource === 'record' ? settings.value.unknown : [];
	if (isManual && unknown.length > 0) context.logger.warn(`${context.getNode().name}: filters that are not as documented went out as they are: ${unknown.join(', ')}`);
	return await withWatched(settings.value, line, async (watched) => {
		const refused = isManual ? undefined : refusalOf(remembered, asker, line.startedAtMs);
		if (refused) throw pollError(context.getNode(), refused, watched.subject);
		const polled = isManual ? await showNewest(watched) : await pollNext(context, watched, () => performance.now() < endsAtMs);
		if ('value' in polled) return polled.value.length === 0 ? null : [polled.value];
		noteRefusal(remembered, asker, polled.failure, line.startedAtMs);
		throw pollError(context.getNode(), polled.failure, watched.subject);
	});
}

/**
 * Polls. n8n may start a poll while the one before is still under way: that one would give out the same once more.
 *
 * @throws NodeApiError for a poll that failed
 */
export async function runPoll(context: IPollFunctions, memory: Memory): Promise<INodeExecutionData[][] | null> {
	const tooOld = runtimeFailure();
	if (tooOld) throw pollError(context.getNode(), tooOld, {});
	const { polling } = rememberedIn(memory);
	if (context.getMode() === 'manual') return await pollOnce(context, memory, true);
	const key = triggerKey(context);
	if (polling.has(key)) return null;
	polling.add(key);
	try {
		return await pollOnce(context, memory, false);
	} finally {
		polling.delete(key);
	}
}
