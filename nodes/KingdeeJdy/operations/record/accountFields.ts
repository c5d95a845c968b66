import type { ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';

import type { Parameter } from '../../catalogue/types';
import { call } from '../../gateway/call';
import { processState } from '../../gateway/state';
import { openGateway } from '../../shared/connection/openGateway';
import { findRows } from '../../shared/pagination/rows';
import { readSending } from '../../shared/parameters/options';
import { customFieldsEndpoint, customFieldsOf } from './customFields';

/** The editor waits for it. */
const TIMEOUT_MS = 10_000;

/** The custom fields of the account for a form. Where they cannot be read the form does without. */
export async function accountFields(
	context: ILoadOptionsFunctions,
	entity: string,
	parameters: Parameter[],
	lines: string | undefined,
): Promise<ResourceMapperField[]> {
	try {
		const gateway = await openGateway(context, processState)(0, readSending({}));
		const ended = await call(gateway, customFieldsEndpoint(entity), '', { timeoutMs: TIMEOUT_MS, maxAttempts: 1 });
		const rows = ended.type === 'done' ? (findRows(ended.envelope)?.rows ?? []) : [];
		return customFieldsOf(rows, parameters, lines);
	} catch {
		return [];
	}
}
