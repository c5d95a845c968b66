/**
 * What the real gateway does where nobody has seen it, or one client only. `npm run check:account` settles each for an account;
 * marks as in docs/protocol.md.
 */
export interface OpenQuestions {
	/** Rows of the largest page. */
	largestPage: number;
	/** Whether a larger size is cut in silence [1], or refused. */
	largerPages: 'cut' | 'refused';
	/** Whether `total_page` is counted with the page size that was asked for [1], or with the one that was cut. */
	totalPage: 'asked' | 'cut';
	/** Whether `count` is about all rows [R], or about those of the page. */
	listCounts: 'all' | 'page';
	/** What becomes of a filter that is not known: ignored [R], or refused. */
	unknownFilters: 'ignored' | 'refused';
	/** Whether `bill_no` finds what is equal [R], or what contains it. */
	billNoFilter: 'exact' | 'contains';
	/** Whether `search` looks at what the documentation says, or always at numbers as well. */
	searches: 'documented' | 'numbersToo';
	/** Unit of the times that filter a list [D]. */
	timeUnit: 'milliseconds' | 'seconds';
	/** Whether a row of the very moment that a filter names is answered. */
	timeEnds: 'included' | 'excluded';
	/** How a missing parameter of a query is refused: HTTP 400 [1], or errcode 1030002000. */
	missingParameters: 'status' | 'errcode';
	/** Whether a detail answers what is disabled. */
	disabledDetails: 'answered' | 'refused';
	/** Whether rows of the kinds that are documented without a number have one. */
	numberlessRows: 'documented' | 'numbered';
	/** Whether a new token ends those before it. */
	newTokenEnds: 'nothing' | 'older';
	keepsConnections: boolean;
	/** Whether an answer is compressed for a client that takes gzip. */
	compresses: boolean;
}

export const openQuestions: OpenQuestions = {
	largestPage: 100,
	largerPages: 'cut',
	totalPage: 'asked',
	listCounts: 'all',
	unknownFilters: 'ignored',
	billNoFilter: 'exact',
	searches: 'documented',
	timeUnit: 'milliseconds',
	timeEnds: 'included',
	missingParameters: 'status',
	disabledDetails: 'answered',
	numberlessRows: 'documented',
	newTokenEnds: 'nothing',
	keepsConnections: true,
	compresses: false,
};
