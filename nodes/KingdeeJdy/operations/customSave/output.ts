import type { IDataObject } from 'n8n-workflow';

import type { Envelope } from '../../gateway/types';
import type { DoneFacts } from '../../shared/contract/outcomes';
import { withInput } from '../../shared/results/inputFields';
import { documentIdIn, savedJson } from '../../shared/results/output';
import type { SaveParameters } from './parameters';

/** What a person wants to know of a saved document, without the wrapping of the answer. */
function simplified(envelope: Envelope, bizType: unknown, { alreadySaved, lookedUp }: DoneFacts): IDataObject {
	const outcome = alreadySaved ? 'alreadySaved' : 'saved';
	return { id: documentIdIn(envelope), outcome, documentType: String(bizType).trim(), ...(lookedUp ? { lookedUp: true } : {}) };
}

/** The output of one document that is in JDY, as the option Output asks for it. */
export function rowOf(envelope: Envelope, { output, bizType }: SaveParameters, input: IDataObject, facts: DoneFacts): IDataObject {
	return output === 'simplified' ? withInput(simplified(envelope, bizType, facts), input) : savedJson(envelope, facts, output);
}
