/**
 * Something the user has to put right before a request can be made. `field` is the label the user sees, `problem`
 * continues the sentence: `Client ID` and `must not be empty`.
 */
export class ValidationError extends Error {
	constructor(field: string, problem: string) {
		super(`${field} ${problem}`);
		this.name = 'ValidationError';
	}
}
