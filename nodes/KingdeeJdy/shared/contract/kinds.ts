import { traitsOf } from '../../gateway/errors/kinds';
import type { KindTraits } from '../../gateway/errors/kinds';

/** What follows from a failure that this package found, or that of a whole item. */
interface ItemTraits extends Pick<KindTraits, 'blames' | 'cause' | 'advice'> {
	/** Whether the message has to name the item. */
	namesItem: boolean;
}

const NOT_SENT = 'Nothing was sent for this item.';
const REPORT_SHAPE = 'Please report the field names above; the call itself works with the resource API Call.';

/** What the user can do about a document with a key whose outcome is unknown, after looking for it in JDY. */
export const AFTER_UNKNOWN = 'If it is not there, switch on Resend Unknown for one run; if it is there, Take Unknown as Saved.';

/** Why an item was not sent, as far as this package is the reason. */
const LOCAL = {
	input: { blames: 'nothing', cause: 'configuration', namesItem: true, advice: NOT_SENT },
	credential: { blames: 'nothing', cause: 'credential', namesItem: true, advice: `${NOT_SENT} Open the credential and correct it.` },
	stopped: { blames: 'nothing', cause: 'time', namesItem: false, advice: `${NOT_SENT} Correct what is named above, then run it again.` },
	keyStore: { blames: 'nothing', cause: 'time', namesItem: false, advice: `${NOT_SENT} Check that the workflow is saved and that the database of n8n works.` },
	unknownEarlier: { blames: 'nothing', cause: 'configuration', namesItem: false, advice: AFTER_UNKNOWN },
	runtime: { blames: 'nothing', cause: 'configuration', namesItem: false, advice: `${NOT_SENT} Update Node.js, or the image of n8n, which brings its own.` },
	internal: { blames: 'nothing', cause: 'package', namesItem: false, advice: 'This is an error in this package. Please report it with this text.' },
} as const satisfies Record<string, ItemTraits>;

/** What is wrong with an answer whose errcode says success. */
const UNUSABLE = {
	unconfirmed: { blames: 'nothing', cause: 'time', namesItem: false, advice: 'JDY answered with success, but its answer does not say that this was done.' },
	refusedWithin: {
		blames: 'nothing',
		cause: 'configuration',
		namesItem: false,
		advice: 'JDY answered with success, but refused this one. Correct what the message names, then run it again.',
	},
	rowsDiffer: {
		blames: 'nothing',
		cause: 'time',
		namesItem: false,
		advice: 'The list may have been changed while it was read. Run it again; if it stays so, read less at once with conditions or a limit.',
	},
	rowsCut: {
		blames: 'nothing',
		cause: 'time',
		namesItem: false,
		advice: 'Read it in parts, for example by customer or department; with Limit 100 the rows come as they are.',
	},
	noRows: { blames: 'nothing', cause: 'configuration', namesItem: false, advice: `This package does not know this form of answer. ${REPORT_SHAPE}` },
	notFiltered: {
		blames: 'nothing',
		cause: 'time',
		namesItem: false,
		advice: 'Take this filter out, and filter in the workflow instead, for example with the Filter node.',
	},
	notFound: {
		blames: 'part',
		cause: 'configuration',
		namesItem: false,
		advice: 'Check the conditions: the names of the fields and their values, as JDY writes them.',
	},
} as const satisfies Record<string, ItemTraits>;

export type LocalFailureKind = keyof typeof LOCAL;
export type UnusableAnswerKind = keyof typeof UNUSABLE;

const OWN: Readonly<Record<string, ItemTraits>> = { ...LOCAL, ...UNUSABLE };

/** Whether a kind is one of this package's own, not of the gateway. */
export function isOwnKind(kind: string): boolean {
	return kind in OWN;
}

/** What follows from any kind of failure of an item. */
export function traitsOfItem(failure: { kind: string }): Readonly<ItemTraits> {
	return OWN[failure.kind] ?? { ...traitsOf(failure), namesItem: false };
}
