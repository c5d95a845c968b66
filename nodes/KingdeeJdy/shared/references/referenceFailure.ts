import type { ItemFailure } from '../contract/outcomes';

/** Master data could not be read: what needs them is not sent. */
export class ReferenceFailure extends Error {
	readonly failure: ItemFailure;

	/** @param what the kind of master data, e.g. `customers` */
	constructor(what: string, failure: ItemFailure) {
		const message = `The ${what} of the account could not be looked up, so nothing was sent: ${failure.message}`;
		super(message);
		this.name = 'ReferenceFailure';
		this.failure = { ...failure, message, outcome: 'notSent' };
	}
}
