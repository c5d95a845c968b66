/** Does some pieces of work at a time, and takes the next one as soon as one is done. */
export async function inLanes<T>(lanes: number, work: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
	const left = [...work];
	const lane = async () => {
		for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}
