import { digitsOf } from '../../../catalogue/encoding/scalars';
import { ValidationError } from '../../../gateway/errors/validationError';
import { stringify } from '../../../gateway/json/json';
import type { NonEmpty, ReadItem } from '../../../shared/contract/operation';
import { includeInputProperty, sendingProperties } from '../../../shared/parameters/options';
import { standardOptions } from '../../common/options';
import { recordOptions } from '../properties';
import type { Saving } from './saving';

/** The account belongs to the group: two of them make two documents. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set(['account', 'instanceId']);

const LABELS = new Map([...sendingProperties, includeInputProperty, ...standardOptions(), ...recordOptions].map(({ name, displayName }) => [name, displayName]));

function textOf(value: unknown): string {
	if (value === undefined) return 'not set';
	return typeof value === 'string' ? value.trim() : (digitsOf(value) ?? stringify(value));
}

type Item = Pick<ReadItem<Saving>, 'itemIndex' | 'parameters'>;

/** @throws ValidationError if another item has another value */
function checkSame([first, ...others]: NonEmpty<Item>, label: string, valueOf: (parameters: Saving) => unknown): void {
	const value = textOf(valueOf(first.parameters));
	const other = others.find(({ parameters }) => textOf(valueOf(parameters)) !== value);
	if (!other) return;
	const values = [first, other].map(({ parameters, itemIndex }) => `${textOf(valueOf(parameters))} in item ${itemIndex}`);
	throw new ValidationError(label, `must be the same for all items of a document, but is ${values.join(' and ')}`);
}

/**
 * What is set for a document counts for all items of it.
 *
 * @throws ValidationError naming the setting and both items if it differs
 */
export function checkSameSettings(items: NonEmpty<Item>): void {
	const names = new Set(items.flatMap(({ parameters }) => Object.keys(parameters.options)));
	for (const name of names) {
		if (!OF_THE_ACCOUNT.has(name)) checkSame(items, LABELS.get(name) ?? name, ({ options }) => options[name]);
	}
	checkSame(items, 'Lines Field', ({ group }) => group?.linesField);
	checkSame(items, 'Resend Unknown', ({ resendUnknown }) => resendUnknown);
	const keys = new Set(items.map(({ parameters: { key } }) => key));
	if (keys.size > 1) throw new ValidationError('Deduplication Key', `must be the same for all items of a document, but is ${[...keys].map(String).join(' and ')}`);
}
