import type { IDataObject } from 'n8n-workflow';

import type { Envelope } from '../../gateway/types';
import { withInput } from '../../shared/inputFields';
import { envelopeJson, idOf, innerData } from '../../shared/output';
import type { Parameters } from './parameters';

/** What a person wants to know of a saved document, without the wrapping of the answer. */
function simplified(envelope: Envelope, bizType: unknown): IDataObject {
	const outcome = envelope.alreadySaved ? 'alreadySaved' : 'saved';
	return { id: idOf(envelope), outcome, documentType: String(bizType).trim(), ...(envelope.lookedUp ? { lookedUp: true } : {}) };
}

/** The output of one document that is in JDY, as the option Output asks for it. */
export function rowOf(envelope: Envelope, { output, bizType }: Parameters, input: IDataObject): IDataObject {
	if (output === 'simplified') return withInput(simplified(envelope, bizType), input);
	// What was not sent has no data of its own: only the envelope tells why.
	return output === 'data' && !envelope.alreadySaved ? innerData(envelope) : envelopeJson(envelope);
}
