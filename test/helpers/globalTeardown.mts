import { searchProduced } from './produced.mts';

/** What of Jest's configuration says that only some tests were run. */
interface Selection {
	testNamePattern?: string;
	testPathPatterns: { patterns: string[] };
}

/** Jest's globalTeardown: fails the whole run when a secret stands in anything the tests produced, or nothing was there to search. */
export default function teardown({ testNamePattern, testPathPatterns }: Selection): void {
	const { runs, searched, leaks } = searchProduced();
	const isWhole = !testNamePattern && testPathPatterns.patterns.length === 0;
	if (isWhole && searched === 0) throw new Error('The tests produced nothing that could be searched for secrets');
	if (leaks.length > 0) throw new Error(`${leaks.length} secrets in what the tests produced, the first one after: ${leaks[0]}`);
	console.log(`\nNo secret in what ${runs} runs produced (${searched} secrets searched).`);
}
