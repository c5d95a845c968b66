/** The oldest Node.js that has all that this package is built on; n8n up to 2.4 can run on an older one. */
const NEEDED_MAJOR = 22;

/** Node.js 20, the oldest that runs an n8n which loads this package, has no `navigator` to name its version. */
const UNNAMED_MAJOR = '20';

/** Whether what Node.js 22 brought is there. */
function isNewEnough(): boolean {
	return 'withResolvers' in Promise && 'groupBy' in Map && 'rawJSON' in JSON;
}

/** What is wrong with the Node.js that runs n8n, as a text for the user, or undefined. Community nodes may not ask `process`. */
export function runtimeProblem(): string | undefined {
	if (isNewEnough()) return undefined;
	const userAgent = typeof navigator === 'undefined' ? '' : navigator.userAgent;
	const [, major = UNNAMED_MAJOR] = /^Node\.js\/(\d+)/.exec(userAgent) ?? [];
	return `This package needs Node.js ${NEEDED_MAJOR} or later, this is ${major}.x`;
}
