import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { forEachAtOnce } from '../../shared/concurrency/lanes';
import type { Caller, Operation } from '../../shared/contract/operation';
import type { ItemFailure, ItemResult } from '../../shared/contract/outcomes';
import { parametersFor, readSettings } from '../common/nodeParameters';
import type { StandardSettings } from '../common/nodeParameters';
import { pageValues } from '../common/pages';
import { requestOf } from '../common/request';
import type { Request } from '../common/request';
import { summaryOfAccess } from './accessSummary';
import type { JudgedAccess } from './accessSummary';
import { MODULES, probesFor } from './probes';
import type { Probe } from './probes';
import { endsCheck, confirmVerdicts, verdictOn } from './verdict';

interface Check extends StandardSettings {
	modules: string[];
	/** At least one. */
	probes: Probe[];
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Check> {
	const parameters = parametersFor(context, itemIndex);
	const chosen = parameters.read('modules', []);
	const modules = (Array.isArray(chosen) ? chosen : String(chosen).split(',')).map((name) => String(name).trim()).filter((name) => name !== '');
	const unknown = modules.find((name) => !Object.hasOwn(MODULES, name));
	if (unknown !== undefined) throw new ValidationError('Modules', `has no "${unknown}"; there are ${Object.keys(MODULES).join(', ')}`);
	const wanted = modules.length === 0 ? Object.keys(MODULES) : modules;
	return { ...readSettings(parameters), modules: wanted, probes: await probesFor(wanted) };
}

/** Asks for one row, or for everything if the call has no pages. */
function requestFor({ call }: Pick<Probe, 'call'>, check: Check): Request {
	return requestOf(call, pageValues(call, 1, 1), check);
}

function firstRequestOf(check: Check): Request {
	const [first] = check.probes;
	if (!first) throw new TypeError('Nothing is to be checked');
	return requestFor(first, check);
}

/** Makes each call once, also for a list that is a report as well; the first alone, because it may show that none can be made. */
async function ask(check: Check, call: Caller, concurrency: number): Promise<Map<string, ItemResult> | { failure: ItemFailure }> {
	const [first, ...others] = new Map(check.probes.map((probe) => [probe.call.id, probe])).values();
	const results = new Map<string, ItemResult>();
	let ended: ItemFailure | undefined;
	const askOne = async (probe: Probe): Promise<boolean> => {
		const { endpoint, body } = requestFor(probe, check);
		const result = await call(endpoint, body);
		results.set(probe.call.id, result);
		const failure = result.type === 'failed' ? result.failure : undefined;
		if (failure && (endsCheck(failure) || (probe === first && failure.outcome === 'notSent'))) ended ??= failure;
		return ended === undefined;
	};
	if (first && (await askOne(first))) await forEachAtOnce(others, concurrency, askOne);
	return ended ? { failure: ended } : results;
}

/** What became of each type and report, in the order of the probes. */
function judged({ probes }: Check, results: ReadonlyMap<string, ItemResult>): JudgedAccess[] {
	const answered = probes.flatMap((probe) => {
		const result = results.get(probe.call.id);
		return result ? [{ probe, result }] : [];
	});
	const verdicts = confirmVerdicts(answered.map(({ probe, result }) => verdictOn(result, probe.call)));
	return answered.flatMap(({ probe: { kind, path, name, chineseName, module }, result }, index) => {
		const verdict = verdicts[index];
		if (!verdict) return [];
		const { allowed, rows } = verdict;
		const { code, message, status } = result.type === 'done' ? { code: 0, message: result.envelope.description, status: null } : result.failure;
		return [{ access: { kind, path, name, chineseName, module, allowed, rows, code, message }, obstacle: verdict.allowed === false ? verdict.obstacle : undefined, status }];
	});
}

/** Which types and reports the app may read in this account: one output item for each. */
export const check: Operation<Check> = {
	action: 'read',
	read,
	endpoint: (parameters) => firstRequestOf(parameters).endpoint,
	body: (parameters) => firstRequestOf(parameters).body,
	preview: ({ probes }) => ({ calls: new Set(probes.map(({ call }) => call.id)).size }),
	subject: (parameters) => ({ modules: parameters?.modules ?? null }),
	// Several items that name one account are answered by one check.
	once: ({ modules }) => ({ kind: 'check', ids: [modules.toSorted().join()] }),
	run: async ({ parameters }, call, { concurrency }) => {
		const results = await ask(parameters, call, concurrency);
		if ('failure' in results) return { type: 'failed', failure: results.failure };
		return { type: 'done', envelope: { errcode: 0, description: 'success', data: judged(parameters, results) } };
	},
	notice: ({ data }) => summaryOfAccess(data as JudgedAccess[]),
	items: ({ data }) => (data as JudgedAccess[]).map(({ access }): IDataObject => ({ ...access })),
};
