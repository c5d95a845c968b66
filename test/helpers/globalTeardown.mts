import { searchProduced } from './produced.mts';

/** Jest's globalTeardown: fails the whole run when a secret stands in anything the tests produced. */
export default function teardown(): void {
	const { runs, searched, leaks } = searchProduced();
	if (leaks.length > 0) throw new Error(`${leaks.length} secrets in what the tests produced, the first one after: ${leaks[0]}`);
	console.log(`\nNo secret in what ${runs} runs produced (${searched} secrets searched).`);
}
