import type { Failure } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import { exchangedFor } from '../../nodes/KingdeeJdy/gateway/request.ts';
import { readAnswer } from '../../nodes/KingdeeJdy/gateway/response.ts';
import type { SendResult } from '../../nodes/KingdeeJdy/gateway/types.ts';

/** What the package makes of the end of an attempt; throws where it takes it for a success. */
export function failureFrom(result: SendResult): Failure {
	const client = { gatewayOrigin: '', clientId: '1', clientSecret: 'client-secret', readOnly: false };
	const request = { method: 'POST' as const, url: '', headers: {}, body: '' };
	const exchanged = exchangedFor(client, request, result, { timeoutMs: 1 }, {});
	if ('failure' in exchanged) return exchanged.failure;
	const ended = readAnswer(exchanged.answer, exchanged.mask);
	if (ended.type === 'done') throw new Error('taken for a success');
	return ended.failure;
}

/** The failure that an answer stands for; without an errcode its body is empty. */
export function refusal(status: number, errcode?: number, headers: Record<string, string> = {}): Failure {
	return failureFrom({ type: 'answer', answer: { status, headers, text: errcode === undefined ? '' : JSON.stringify({ errcode }) } });
}
