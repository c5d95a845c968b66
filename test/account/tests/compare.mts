import type { Seen } from '../probe.mts';
import { readingProbes, writingProbes } from '../probes/index.mts';
import type { Report, ReportLine } from '../report.mts';
import type { Changes, Deviation } from './deviations.mts';

const TIME = /(Ms|Seconds)$/;

const withoutTimes = (seen: Seen): string => JSON.stringify(Object.entries(seen).filter(([name]) => !TIME.test(name)));

/** All lines that wait for one of these, and for those in turn. */
function waiting(ids: readonly string[]): string[] {
	const stopped = new Set(ids);
	for (const { id, needs = [] } of [...readingProbes, ...writingProbes]) if (needs.some((need) => stopped.has(need))) stopped.add(id);
	return [...stopped].filter((id) => !ids.includes(id));
}

function changeOf(before: ReportLine | undefined, after: ReportLine): Changes[string] | undefined {
	if (before?.verdict !== after.verdict) return after.verdict;
	return withoutTimes(before.seen) === withoutTimes(after.seen) ? undefined : 'seen';
}

/** How a report differs from what it should be: lines that changed and should not, or the other way round. */
export function problemsOf({ changes, stops = false }: Deviation, ordinary: Report, report: Report): string[] {
	const stopping = stops ? report.lines.filter(({ id }) => Object.hasOwn(changes, id) && changes[id] !== 'seen').map(({ id }) => id) : [];
	const mayWait = new Set(waiting(stopping));
	return report.lines.flatMap((line) => {
		const { id } = line;
		const change = changeOf(ordinary.lines.find((one) => one.id === id), line);
		if (line.waitsFor !== undefined && mayWait.has(id) && changes[id] === undefined) return [];
		return change === changes[id] ? [] : [`${id}: ${change ?? 'as before'} in place of ${changes[id] ?? 'as before'} ${JSON.stringify(line.seen)}`];
	});
}
