import { isDone } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';

function percentile(sorted: readonly number[], part: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function answerTime({ timesMs, options }: ProbeContext): Finding {
	const sorted = [...timesMs].sort((left, right) => left - right);
	const slowestMs = percentile(sorted, 1);
	const seen = { p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95), slowestMs };
	return whether(slowestMs < options.timeoutMs, seen, 'Set Timeout (Ms) of the nodes to more than this.');
}

function keepAlive({ reused, calls }: ProbeContext): Finding {
	const isKept = reused * 2 > calls;
	return whether(isKept, { mostOnKeptConnections: isKept }, 'Each call needs a new connection, and so takes longer.');
}

async function compression(context: ProbeContext): Promise<Finding> {
	const answer = await context.call(context.readablePath, { page: '1', page_size: '100' }, { headers: { 'Accept-Encoding': 'gzip' } });
	if (!isDone(answer)) return open({ status: answer.status });
	const isPlain = answer.headers['content-encoding'] === undefined;
	return whether(isPlain, { encoding: isPlain ? 'plain' : answer.headers['content-encoding'] === 'gzip' ? 'gzip' : 'other' });
}

const layer = 'Speed and connection';

export const speedProbes: Probe[] = [
	{ id: 'compression', layer, assumption: 'Answers are not compressed, also for a client that takes gzip', mark: '?', anchor: 'What a request carries', calls: 1, needs: ['readable'], run: compression },
	{ id: 'keepAlive', layer, assumption: 'A connection serves more than one call', mark: '?', anchor: 'What a request carries', calls: 0, needs: ['router'], run: keepAlive },
	{ id: 'answerTime', layer, assumption: 'Answers come within 30 s', mark: 'D', anchor: 'Refusals and failures', calls: 0, needs: ['network'], run: answerTime },
];
