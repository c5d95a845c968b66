import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isPassing } from '../../../gateway/retry';
import type { Caller } from '../../../shared/contract/operation';
import type { Row } from '../../../shared/contract/row';
import { findRows } from '../../../shared/pagination/rows';
import { customFieldsEndpoint } from '../customFields';

/** Where custom fields belong, by their names: `head`, or the name of a list whose lines have them. */
type AccountColumns = ReadonlyMap<string, string>;

/** What each account has for a type. A run has one caller for each account, so each is asked once. */
const asked = new WeakMap<Caller, Map<string, Promise<AccountColumns>>>();

/** A reference is saved under `<field>_id` [D]. */
function namesOf({ number }: Row): string[] {
	const name = typeof number === 'string' ? number.trim() : '';
	return name === '' ? [] : [name, `${name}_id`];
}

function levelOf({ custom_type: level }: Row): string {
	return isNothing(level) ? 'head' : String(level).trim();
}

async function ask(entity: string, call: Caller): Promise<AccountColumns> {
	const ended = await call(customFieldsEndpoint(entity), '');
	if (ended.type === 'done') {
		const rows = findRows(ended.envelope)?.rows ?? [];
		return new Map(rows.flatMap((row) => namesOf(row).map((name): [string, string] => [name, levelOf(row)])));
	}
	const { failure } = ended;
	// If JDY refuses to say, it has none for this type or does not let the app ask; what is refused to everybody the save meets too.
	if (failure.outcome === 'rejected' && !isPassing(failure)) return new Map();
	throw new ValidationError('The custom fields of the account', `could not be read, so it is not known whether they have the columns that JDY does not document: ${failure.message}`);
}

/**
 * The custom fields of the account for a type, from `sys/custom_mult_field` [D].
 *
 * @throws ValidationError if they may be there and cannot be read now
 */
export async function accountColumns(entity: string, call: Caller): Promise<AccountColumns> {
	const types = asked.get(call) ?? new Map<string, Promise<AccountColumns>>();
	asked.set(call, types);
	const columns = types.get(entity) ?? ask(entity, call);
	types.set(entity, columns);
	return await columns;
}
