import { codes } from './answer.mts';
import type { Answer } from './answer.mts';
import { NotAnswered, ProbeContext } from './context.mts';
import type { CheckOptions } from './context.mts';
import { open } from './probe.mts';
import type { Finding, Line, Probe, Seen } from './probe.mts';
import { wordOf } from './words.mts';

/** What a check found. */
export interface Checked {
	lines: Line[];
	calls: number;
}

const AGAIN = 'A call failed in a way that may pass by itself: run the check again.';

function codesOf(answer: Answer): Seen {
	return answer.error === undefined ? codes(answer) : { error: wordOf(answer.error) };
}

/** Calls that may be spent on probes whose calls failed in a way that may pass. */
export const CALLS_FOR_RETRIES = 25;

/** A probe that fails says so in its line; the others go on. */
async function findOnce(probe: Probe, context: ProbeContext): Promise<Finding> {
	context.callsLeft = probe.calls;
	context.disturbance = undefined;
	try {
		const finding = await probe.run(context);
		const { disturbance } = context as ProbeContext;
		return disturbance && probe.judgesFailures !== true ? open(codesOf(disturbance), AGAIN) : finding;
	} catch (error) {
		if (error instanceof NotAnswered) return open(codesOf(error.answer), context.disturbance ? AGAIN : undefined);
		return open({ why: 'unknown' }, 'The answer was of a shape that this check does not know.');
	}
}

/** Reads that were disturbed are made once more, a little later; what changes something never is. */
async function find(probe: Probe, context: ProbeContext, retries: { callsLeft: number }): Promise<Finding> {
	const finding = await findOnce(probe, context);
	const mayRetry = context.disturbance !== undefined && probe.judgesFailures !== true && probe.writes === undefined && retries.callsLeft >= probe.calls;
	if (!mayRetry) return finding;
	retries.callsLeft -= probe.calls;
	await new Promise((resolve) => setTimeout(resolve, context.options.retryAfterMs));
	return await findOnce(probe, context);
}

const passes = ({ passes: does, verdict }: Line): boolean => does ?? verdict === 'confirmed';

/**
 * Runs the probes one after the other.
 *
 * @param agrees whether a probe that changes something may do so
 * @param onLine called with each line as it is known
 */
export async function check(probes: readonly Probe[], options: CheckOptions, agrees: (probe: Probe) => Promise<boolean>, onLine: (line: Line) => void = () => undefined): Promise<Checked> {
	const context = new ProbeContext(options);
	const retries = { callsLeft: CALLS_FOR_RETRIES };
	const lines = new Map<string, Line>();
	for (const probe of probes) {
		const missing = probe.needs?.find((id) => !lines.has(id) || !passes(lines.get(id) as Line));
		const isRefused = missing === undefined && probe.writes !== undefined && !(await agrees(probe));
		const finding = missing !== undefined ? open({}) : isRefused ? open({ why: 'notWanted' }) : await find(probe, context, retries);
		const line: Line = { probe, ...finding, ...(missing !== undefined && { waitsFor: missing }) };
		lines.set(probe.id, line);
		onLine(line);
	}
	return { lines: [...lines.values()], calls: context.calls };
}
