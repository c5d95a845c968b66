import { PrivateData } from '../../catalogue/responses/privateData';
import { failed } from '../../gateway/errors/failures';
import { isRecord, parseExact } from '../../gateway/json/json';
import { multipartBody } from '../../gateway/multipart';
import type { Caller, Operation, PreparedItem } from '../../shared/contract/operation';
import { errorText, localFailure } from '../../shared/contract/outcomes';
import type { ItemResult } from '../../shared/contract/outcomes';
import { envelopeJson } from '../../shared/results/output';
import { hintAtUndecrypted } from '../common/hints';
import { resultOfWrite } from '../common/partialFailure';
import { referencesOf } from '../common/references';
import { runner } from '../runner';
import { readApiParameters } from './parameters';
import type { ApiParameters } from './parameters';

async function send({ endpoint, body, parameters: { upload } }: PreparedItem<ApiParameters>, call: Caller): Promise<ItemResult> {
	if (!upload) return await call(endpoint, body);
	const loaded = await upload.load().catch((error: unknown) => errorText(error));
	if (typeof loaded === 'string') return failed(localFailure('input', `File cannot be read: ${loaded}`));
	return await call(endpoint, multipartBody(loaded, upload.boundary));
}

/** What was sent, for an answer that judges it piece by piece. */
function sentValues(body: PreparedItem['body']): Record<string, unknown> {
	const sent = typeof body === 'string' && body !== '' ? parseExact(body) : {};
	return isRecord(sent) ? sent : {};
}

/** What a documented answer comes to: it may hide refusals, and hold private data. */
function understood(ended: ItemResult, { parameters, body, gateway }: PreparedItem<ApiParameters>): ItemResult {
	const { call } = parameters;
	if (ended.type === 'failed' || !call) return ended;
	const told = resultOfWrite(ended.envelope, call, sentValues(body));
	if (told.type === 'failed' || !parameters.decrypts || call.encrypted.length === 0) return told;
	const privateData = new PrivateData(gateway.credential.clientSecret);
	const data = privateData.answerInClear(told.envelope.data, call);
	hintAtUndecrypted(parameters, privateData.refused);
	return { type: 'done', envelope: { ...told.envelope, data } };
}

/** Any call of the gateway, with the envelope as its output. */
const call: Operation<ApiParameters> = {
	action: 'change',
	read: readApiParameters,
	references: async (parameters) => {
		const { form } = parameters;
		return form && (await referencesOf(parameters, form.documented, form.given, (values) => ({ ...parameters, ...form.withValues(values) })));
	},
	endpoint: ({ endpoint, query, upload }) => ({ ...endpoint, query: query(), ...(upload && { boundary: upload.boundary }) }),
	body: ({ body }) => body(),
	subject: (parameters) => ({ call: parameters ? `${parameters.endpoint.method} ${parameters.endpoint.path}` : null }),
	run: async (prepared, caller) => understood(await send(prepared, caller), prepared),
	items: (envelope) => [envelopeJson(envelope)],
};

/** The operations of the resource API Call, by their values. */
export const api = { call: runner(call) };
