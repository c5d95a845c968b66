import type { IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../../../gateway/json/json';
import { errorText } from '../../../shared/contract/outcomes';

const MAX_BYTES = 1024 * 1024;

/** Why a request is not taken, as an HTTP status and a sentence for JDY's log. */
export interface Refusal {
	status: 400 | 413;
	reason: string;
}

const TOO_LARGE: Refusal = { status: 413, reason: 'The body is larger than 1 MB' };

/** A request as n8n hands it over: its body is read on demand, or has been read. */
type Incoming = ReturnType<IWebhookFunctions['getRequestObject']> & { readRawBody?: () => Promise<void>; rawBody?: Buffer };

/** Reads the body as text; one that says of itself that it is too large is not read at all. */
export async function readBody(request: Incoming): Promise<{ text: string } | { refusal: Refusal }> {
	if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return { refusal: TOO_LARGE };
	try {
		await request.readRawBody?.();
	} catch (error) {
		if (isRecord(error) && error.type === 'entity.too.large') return { refusal: TOO_LARGE };
		return { refusal: { status: 400, reason: `The body could not be read: ${errorText(error)}` } };
	}
	const { rawBody } = request;
	if (rawBody !== undefined && rawBody.length > MAX_BYTES) return { refusal: TOO_LARGE };
	return { text: rawBody?.toString('utf8').replace(/^\uFEFF/, '') ?? '' };
}
