import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { isTimeZone } from '../data/zonedTime';
import { checkFilledIn } from './expressions';

/** The zone of the firms that keep their books in JDY. That of a workflow is New York unless the user has set it. */
const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

const LABEL = 'Time Zone';

/** The time zone of JDY's dates, for nodes that write or filter by them. */
export const timeZoneProperty: INodeProperties = {
	displayName: LABEL,
	name: 'timeZone',
	type: 'string',
	default: DEFAULT_TIME_ZONE,
	placeholder: 'e.g. Asia/Hong_Kong',
	description: 'The time zone of the dates in JDY, whatever that of the workflow is. A date with a zone of its own, such as {{ $now }}, is written as the clock there shows it; a date without one is written as it is.',
};

/** @throws ValidationError for an unknown zone */
export function readTimeZone({ timeZone }: IDataObject): string {
	const name = typeof timeZone === 'string' ? timeZone.trim() : (timeZone ?? '');
	if (name === '') return DEFAULT_TIME_ZONE;
	checkFilledIn(LABEL, name, undefined);
	if (typeof name !== 'string' || !isTimeZone(name)) throw new ValidationError(LABEL, `"${String(name)}" is not known; use a name such as ${DEFAULT_TIME_ZONE}`);
	return name;
}
