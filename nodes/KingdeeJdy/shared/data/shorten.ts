const MAX_NAME_LENGTH = 100;

/** A name as a message shows it: cut if it is long, and never in the middle of a character. */
export function shorten(name: string): string {
	return name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`;
}
