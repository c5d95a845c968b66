import { PrivateData } from '../../catalogue/responses/privateData';
import { failed } from '../../gateway/errors/failures';
import { isRecord, parseExact } from '../../gateway/json/json';
import { multipartBody } from '../../gateway/multipart';
import type { Caller, Operation, Ready } from '../../shared/contract/operation';
import { held, textOf } from '../../shared/contract/outcomes';
import type { ItemEnded } from '../../shared/contract/outcomes';
import { envelopeJson } from '../../shared/results/output';
import { tellRefused } from '../common/hints';
import { judged } from '../common/partialFailure';
import { runner } from '../runner';
import { readParameters } from './parameters';
import type { Parameters } from './parameters';

async function send({ endpoint, body, parameters: { upload } }: Ready<Parameters>, call: Caller): Promise<ItemEnded> {
	if (!upload) return await call(endpoint, body);
	const loaded = await upload.load().catch((error: unknown) => textOf(error));
	if (typeof loaded === 'string') return failed(held('input', `File cannot be read: ${loaded}`));
	return await call(endpoint, multipartBody(loaded, upload.boundary));
}

/** What was sent, for an answer that judges it piece by piece. */
function sentValues(body: Ready['body']): Record<string, unknown> {
	const sent = typeof body === 'string' && body !== '' ? parseExact(body) : {};
	return isRecord(sent) ? sent : {};
}

/** What a documented answer comes to: it may hide refusals, and hold private data. */
function understood(ended: ItemEnded, { parameters, body, gateway }: Ready<Parameters>): ItemEnded {
	const { call } = parameters;
	if (ended.type === 'failed' || !call) return ended;
	const told = judged(ended.envelope, call, sentValues(body));
	if (told.type === 'failed' || !parameters.decrypts || call.encrypted.length === 0) return told;
	const privateData = new PrivateData(gateway.credential.clientSecret);
	const data = privateData.answerInClear(told.envelope.data, call);
	tellRefused(parameters, privateData.refused);
	return { type: 'done', envelope: { ...told.envelope, data } };
}

/** Any call of the gateway, with the envelope as its output. */
const call: Operation<Parameters> = {
	action: 'change',
	read: readParameters,
	endpoint: ({ endpoint, query, upload }) => ({ ...endpoint, query: query(), ...(upload && { boundary: upload.boundary }) }),
	body: ({ body }) => body(),
	subject: (parameters) => ({ call: parameters ? `${parameters.endpoint.method} ${parameters.endpoint.path}` : null }),
	run: async (ready, caller) => understood(await send(ready, caller), ready),
	items: (envelope) => [envelopeJson(envelope)],
};

/** The operations of the resource API Call, by their values. */
export const api = { call: runner(call) };
