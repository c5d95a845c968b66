import type { Probe } from '../probe.mts';
import { accountProbes } from './account.mts';
import { connectionProbes } from './connection.mts';
import { customProbes } from './custom.mts';
import { filterProbes } from './filters.mts';
import { listProbes } from './lists.mts';
import { masterDataProbes } from './masterData.mts';
import { moduleProbes } from './modules.mts';
import { routerProbes } from './router.mts';
import { speedProbes } from './speed.mts';
import { tokenProbes } from './token.mts';
import { writingProbes } from './writing.mts';

/** What is read, in the order in which one thing depends on another. */
export const readingProbes: Probe[] = [...connectionProbes, ...accountProbes, ...tokenProbes, ...routerProbes, ...moduleProbes, ...listProbes, ...filterProbes, ...masterDataProbes, ...customProbes, ...speedProbes];

/** What is saved, audited and deleted, where that is wanted. */
export { writingProbes };

/** How many calls these make at most. */
export function mostCalls(probes: readonly Probe[]): number {
	return probes.reduce((sum, { calls }) => sum + calls, 0);
}
