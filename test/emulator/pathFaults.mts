import type { Fault } from './faults.mts';
import type { Arrived } from './verify.mts';
import { splitTarget } from './verify.mts';

/** What meets the calls of one path: every one of them, or one after the other until the list is used up; undefined lets one pass. */
export type PathFault = Fault | Array<Fault | undefined>;

/**
 * For `chooseFault`: what goes wrong with single calls.
 *
 * @param faults by path below `/jdy/v2/`, with its method where a list and a save share it: `bd/material_detail`, `GET bd/customer`
 */
export function onPaths(faults: Record<string, PathFault>): (arrived: Arrived) => Fault | undefined {
	const met = new Map<string, number>();
	return ({ method, target }) => {
		const path = splitTarget(target).path.replace('/jdy/v2/', '');
		const key = [`${method} ${path}`, path].find((name) => faults[name] !== undefined);
		const fault = key === undefined ? undefined : faults[key];
		if (key === undefined || !Array.isArray(fault)) return fault as Fault | undefined;
		const nth = met.get(key) ?? 0;
		met.set(key, nth + 1);
		return fault[nth];
	};
}
