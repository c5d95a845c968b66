import type { IDataObject } from 'n8n-workflow';

import type { Envelope } from '../../gateway/types';
import type { DoneFacts } from '../../shared/contract/outcomes';
import { withInput } from '../../shared/results/inputFields';
import { savedJson, simplifiedSave } from '../../shared/results/output';
import type { SaveParameters } from './parameters';

/** The output of one document that is in JDY, as the option Output asks for it. */
export function rowOf(envelope: Envelope, { output, bizType }: SaveParameters, input: IDataObject, facts: DoneFacts): IDataObject {
	return output === 'simplified' ? withInput({ ...simplifiedSave(envelope, facts), documentType: String(bizType).trim() }, input) : savedJson(envelope, facts, output);
}
