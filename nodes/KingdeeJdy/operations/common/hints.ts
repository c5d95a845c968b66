import { nearestNames } from '../../catalogue/search/nearest';
import type { Parameter } from '../../catalogue/types';
import type { StandardSettings } from './nodeParameters';
import { namesBeside } from './unknownFilters';

const MAX_NAMED = 20;

function named(names: readonly string[]): string {
	return `${names.slice(0, MAX_NAMED).join(', ')}${names.length > MAX_NAMED ? ', …' : ''}`;
}

/** What an entry has, nearest first, for a name within it that is not known: ` (contact_persons has mobile, email)`. */
function entryHint(path: string, documented: readonly Parameter[]): string {
	const holder = path.slice(0, path.lastIndexOf('.') + 1);
	const names = namesBeside(path, documented).map((name) => name.slice(holder.length));
	const nearest = nearestNames(path.slice(holder.length), names);
	return holder === '' || names.length === 0 ? '' : ` (${holder.slice(0, -1)} has ${named([...new Set([...nearest, ...names])])})`;
}

/** Tells of names that no page of JDY has: mostly a slip, now and then a field that is new. */
export function hintAtUnknown({ hint }: StandardSettings, unknown: readonly string[], documented: readonly Parameter[]): void {
	if (unknown.length === 0) return;
	const names = unknown.map((path) => path + entryHint(path, documented));
	hint(`JDY documents no field with ${unknown.length === 1 ? 'this name' : 'these names'}, so ${unknown.length === 1 ? 'it was' : 'they were'} sent as given: ${named(names)}`);
}

/** Tells of columns of an input item that mean nothing in a document, or more than one thing. */
export function hintAtLeftOut(hint: StandardSettings['hint'], columns: ReadonlyArray<readonly [column: string, nearest: readonly string[]]>): void {
	if (columns.length === 0) return;
	const names = columns.map(([column, nearest]) => (nearest.length === 0 ? column : `${column} (nearest: ${nearest.join(', ')})`));
	hint(`Left out, because no field of the document is called so: ${named(names)}`);
}

/** Tells of values that are not in the documented form: JDY decides. */
export function hintAtSentAsGiven({ hint }: StandardSettings, asGiven: readonly string[]): void {
	if (asGiven.length === 0) return;
	hint(`${asGiven.length === 1 ? 'This field is' : 'These fields are'} not what JDY documents, and ${asGiven.length === 1 ? 'was' : 'were'} sent as given: ${named(asGiven)}`);
}

/** `customer_id in 3 of 5 items`, most frequent first. */
function counted(lists: ReadonlyArray<readonly string[]>): string[] {
	const counts = new Map<string, number>();
	for (const name of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => `${name} in ${lists.length === 1 ? '1 item' : `${count} of ${lists.length} items`}`);
}

function missingText(names: readonly string[]): string {
	return `JDY documents as required, and it is not given: ${named(names)}`;
}

/** Tells of what JDY documents as required and a call lacks: it decides whether it does without. */
export function hintAtMissing({ hint }: StandardSettings, missing: readonly string[]): void {
	if (missing.length > 0) hint(missingText(missing));
}

/** The same of the documents of a run, with the number of items. */
export function missingHint(lists: ReadonlyArray<readonly string[]>): string[] {
	const names = counted(lists);
	return names.length === 0 ? [] : [missingText(names)];
}

/** Which empty fields were left out of documents that exist. */
export function leftOutHint(lists: ReadonlyArray<readonly string[]>): string[] {
	const names = counted(lists);
	const total = lists.flat().length;
	if (total === 0) return [];
	return [`${total} empty ${total === 1 ? 'field was' : 'fields were'} left out, so that JDY keeps what it has; the option Empty Fields can clear them: ${named(names)}`];
}

/** Tells of filters that were added and left empty. */
export function hintAtEmpty({ hint }: StandardSettings, empty: readonly string[]): void {
	if (empty.length === 0) return;
	hint(`${empty.length === 1 ? 'This filter is' : 'These filters are'} empty and did not filter: ${named(empty)}`);
}

/** Tells of private fields that stayed as they came. */
export function hintAtUndecrypted({ hint }: StandardSettings, refused: ReadonlySet<string>): void {
	if (refused.size === 0) return;
	hint(`Some values could not be decrypted and stay as JDY sent them: ${named([...refused])}. Either they were not encrypted, or the Client Secret in the credential is not the one of 32 characters that encrypted them.`);
}
