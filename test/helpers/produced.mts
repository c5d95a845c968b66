import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from 'node:util';

/** Everything the tests made the package produce, one JSON line each: the text and the secrets that must not be in it. */
const FILE = resolve('.cache', 'produced.jsonl');

/** A shorter secret can stand by chance inside an id. */
const MIN_LENGTH = 16;

/** Keeps what a run produced, so that the check after all tests can search it. */
export function keepProduced(produced: unknown, secrets: string[]): void {
	const text = inspect(produced, { depth: Infinity, maxArrayLength: null, maxStringLength: null, showHidden: true });
	appendFileSync(FILE, `${JSON.stringify({ text, secrets: secrets.filter(({ length }) => length >= MIN_LENGTH) })}\n`);
}

export function forgetProduced(): void {
	mkdirSync(resolve('.cache'), { recursive: true });
	rmSync(FILE, { force: true });
}

/** Searches everything produced for the secrets of its run. */
export function searchProduced(): { runs: number; searched: number; leaks: string[] } {
	const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trimEnd().split('\n') : [];
	const runs = lines.map((line) => JSON.parse(line) as { text: string; secrets: string[] });
	const leaks = runs.flatMap(({ text, secrets }) =>
		secrets
			.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
			.filter((form) => text.includes(form))
			.map((form) => text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form))),
	);
	return { runs: runs.length, searched: runs.reduce((sum, { secrets }) => sum + secrets.length, 0), leaks };
}
