import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { call } from '../../gateway/call';
import { CREDENTIAL_NAME } from '../../gateway/credential/credential';
import { refusesCredentials, refusesThisCall } from '../../gateway/errors/failures';
import type { GatewayState } from '../../gateway/state';
import type { Endpoint } from '../../gateway/types';
import { gatewayFor } from '../../shared/connection/openGateway';
import { errorText } from '../../shared/contract/outcomes';
import type { ItemFailure } from '../../shared/contract/outcomes';
import { readBothEnds } from '../../shared/lookup/readBothEnds';
import { PAGE_SIZE, pageOf } from '../../shared/pagination/page';
import type { Page } from '../../shared/pagination/page';
import { readSending } from '../../shared/parameters/options';
import { adviceFor } from '../../shared/results/advice';
import { describedFields } from './describedFields';
import { observedFields } from './observedFields';
import { listRequest } from './search';

const OTHERWISE = 'Choose Map Each Field under Data and type the names of the fields.';

/** The first page and the last: the newest documents are on one of them. */
const PAGES_OBSERVED = 2;

type FieldsResult = { fields: ResourceMapperField[] } | { failure: ItemFailure };
type Ask = (request: { endpoint: Endpoint; body: string }) => Promise<Page>;

/** Whether JDY describes the fields of custom document types as well is not documented [?]. */
async function readDescribed(ask: Ask, bizType: string): Promise<FieldsResult> {
	const query = new URLSearchParams({ entity_number: bizType }).toString();
	const page = await ask({ endpoint: { method: 'GET', path: '/jdy/v2/sys/custom_mult_field', query, effect: 'read' }, body: '' });
	return 'failure' in page ? page : { fields: describedFields(page.rows) };
}

async function readObserved(ask: Ask, bizType: string): Promise<FieldsResult> {
	const read = await readBothEnds(async (page) => await ask(listRequest(bizType, {}, page, PAGE_SIZE)), PAGES_OBSERVED);
	return 'failure' in read ? read : { fields: observedFields(read.rows) };
}

/** Refused credentials are refused for every call; a missing permission is not. */
function endsAll({ failure }: { failure: ItemFailure }): boolean {
	return refusesCredentials(failure) && !refusesThisCall(failure);
}

async function readFields(ask: Ask, bizType: string): Promise<FieldsResult> {
	const described = await readDescribed(ask, bizType);
	if ('fields' in described ? described.fields.length > 0 : endsAll(described)) return described;
	const observed = await readObserved(ask, bizType);
	return 'fields' in observed && observed.fields.length === 0 && 'failure' in described ? described : observed;
}

/** The type that the user has entered; an expression over the input has no value in the editor. */
function typeIn(context: ILoadOptionsFunctions): string {
	let bizType: unknown;
	try {
		bizType = context.getNodeParameter('bizType', '');
	} catch {
		bizType = undefined;
	}
	return typeof bizType === 'string' ? bizType.trim() : '';
}

/** @throws Error with a text for the user if the fields are not known */
async function fieldsOf(context: ILoadOptionsFunctions, state: GatewayState): Promise<ResourceMapperField[]> {
	const bizType = typeIn(context);
	if (bizType === '') throw new Error(`Enter the Document Type first: its fields are read from JDY. Where it comes from the input, they cannot be read. ${OTHERWISE}`);
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const sending = readSending(options);
	const gateway = gatewayFor(context, state, await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME), sending);
	const ask: Ask = async ({ endpoint, body }) => pageOf(await call(gateway, endpoint, body, sending));
	const read = await readFields(ask, bizType);
	if ('failure' in read) throw new Error(`The fields of ${bizType} could not be read: ${read.failure.message}. ${adviceFor(read.failure, 'read')} ${OTHERWISE}`);
	if (read.fields.length === 0) throw new Error(`JDY lists no fields of ${bizType}, and has no document of that type yet to take them from. ${OTHERWISE}`);
	return read.fields;
}

/** Gives the editor the fields of the document type, for Choose Fields. */
export function chooseFields(state: GatewayState): (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields> {
	return async function getFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		try {
			return { fields: await fieldsOf(this, state) };
		} catch (error) {
			throw new NodeOperationError(this.getNode(), errorText(error));
		}
	};
}
