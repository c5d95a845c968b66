import { parametersOf, types } from '../../../catalogue/catalogue';
import { PrivateData } from '../../../catalogue/responses/privateData';
import type { Call, Parameter, RecordType } from '../../../catalogue/types';
import { detailRequest, documentIn, parameterFor } from '../../../operations/record/reading/detail';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import type { Row } from '../../../shared/contract/row';
import type { ReadBackConnection } from './connection';

/** How the documents of a message are read. */
export interface DetailSource {
	type: RecordType;
	detail: Call;
	byId: Parameter;
}

/** @returns why they cannot be, if JDY documents no call for it */
export async function detailSourceOf(bizType: string): Promise<DetailSource | string> {
	const type = (await types()).find(({ entity }) => entity === bizType);
	if (!type) return `No documented call reads what JDY calls "${bizType}"`;
	const { detail } = type;
	const byId = detail && parameterFor(parametersOf(detail), 'id');
	return detail && byId ? { type, detail, byId } : `JDY has no call that reads one ${type.name} (${type.nameZh}) by its ID`;
}

type ReadBack = { document: Row } | { failure: ItemFailure };

/** Reads a document, and makes sure that it is the one that was asked for. */
export async function readBackDocument(
	{ ask, clientSecret }: ReadBackConnection,
	{ type, detail, byId }: DetailSource,
	id: string,
	decrypts: boolean,
): Promise<ReadBack> {
	const { endpoint, body } = detailRequest(detail, byId, [id], { timeZone: 'UTC', arrayFormat: 'json' });
	const ended = await ask(endpoint, body);
	if (ended.type === 'failed') return { failure: ended.failure };
	const read = documentIn(ended.envelope, detail, { id }, type.name);
	if ('failure' in read || !decrypts) return read;
	return { document: new PrivateData(clientSecret).inClear(read.document, detail) as Row };
}
