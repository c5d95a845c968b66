import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../gateway/json/json';
import { findRows } from '../../../shared/pagination/rows';
import { rowJson } from '../../../shared/results/output';
import { openedData } from './jsonTexts';
import { withoutSecrets } from './secrets';

/** The authorised accounts of a message, one each: Instance ID, account, app key; secrets only if they are wanted. */
export function authorisedAccounts(data: unknown, showsSecrets: boolean): IDataObject[] {
	const opened = openedData(data);
	const shown = showsSecrets ? opened : withoutSecrets(opened);
	const isOne = isRecord(shown) && !('data' in shown || 'rows' in shown);
	const rows = isOne ? [shown] : (findRows({ errcode: 0, description: '', data: shown })?.rows ?? []);
	return (rows.length > 0 ? rows : [{ data: shown }]).map(rowJson);
}
