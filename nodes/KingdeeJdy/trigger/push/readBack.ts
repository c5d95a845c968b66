import { PrivateData } from '../../catalogue/answers/privateData';
import { parametersOf, types } from '../../catalogue/catalogue';
import type { Call, Parameter, RecordType } from '../../catalogue/types';
import { isRecord } from '../../gateway/json';
import type { Envelope } from '../../gateway/types';
import { detailRequest, documentsIn, parameterFor } from '../../operations/record/detail';
import { poorAnswer } from '../../shared/outcomes';
import type { ItemFailure } from '../../shared/outcomes';
import type { Row } from '../../shared/rows';
import type { Line } from './line';

/** How the documents of a message are read. */
export interface Source {
	type: RecordType;
	detail: Call;
	byId: Parameter;
}

/** @returns why they cannot be, where JDY documents no way */
export async function sourceOf(bizType: string): Promise<Source | string> {
	const type = (await types()).find(({ entity }) => entity === bizType);
	if (!type) return `No documented call reads what JDY calls "${bizType}"`;
	const { detail } = type;
	const byId = detail && parameterFor(parametersOf(detail), 'id');
	return detail && byId ? { type, detail, byId } : `JDY has no call that reads one ${type.name} (${type.nameZh}) by its ID`;
}

export type ReadBack = { document: Row } | { failure: ItemFailure };

function documentIn(envelope: Envelope, call: Call): Row | undefined {
	const [document] = documentsIn(envelope, call);
	return isRecord(document) && Object.keys(document).length > 0 ? document : undefined;
}

/** Reads a document, and makes sure that it is the one that was asked for. */
export async function readDocument({ ask, clientSecret }: Line, { type, detail, byId }: Source, id: string, decrypts: boolean): Promise<ReadBack> {
	const { endpoint, body } = detailRequest(detail, byId, [id], { timeZone: 'UTC', arrayFormat: 'json' });
	const ended = await ask(endpoint, body);
	if (ended.type === 'failed') return { failure: ended.failure };
	const document = documentIn(ended.envelope, detail);
	if (!document) return { failure: poorAnswer('notFound', `JDY has no ${type.name} with this ID in the account of the credential`) };
	if (document.id !== undefined && String(document.id) !== id) return { failure: poorAnswer('notFound', `JDY answered with another ${type.name}`) };
	return { document: decrypts ? (new PrivateData(clientSecret).inClear(document, detail) as Row) : document };
}
