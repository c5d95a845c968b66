import type { FunctionsBase, IDataObject } from 'n8n-workflow';

import { isRecord } from '../../gateway/json/json';

export type NodeContext = Pick<FunctionsBase, 'getNode' | 'getWorkflow' | 'getWorkflowStaticData'>;

/** The key in the static data of the workflow: copies of what its triggers keep, by node ID and node name. */
const COPIES = 'kingdeeJdyTriggers';

/** A copy that was not written for so long belongs to a node that is gone, and is removed. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

interface Copy {
	atMs: number;
	/** By the keys in the static data of the node. */
	data: Record<string, unknown>;
}

type Copies = Record<string, Record<string, Copy>>;

function isCopy(value: unknown): value is Copy {
	return isRecord(value) && typeof value.atMs === 'number' && isRecord(value.data);
}

/** The valid copies: code in a workflow can write anything to its static data. */
function copiesIn(data: IDataObject): Copies {
	const copies: unknown = data[COPIES];
	if (!isRecord(copies)) return {};
	const known = Object.entries(copies).map(([id, ofNames]): [string, Record<string, Copy>] => [
		id,
		Object.fromEntries(Object.entries(isRecord(ofNames) ? ofNames : {}).filter((entry): entry is [string, Copy] => isCopy(entry[1]))),
	]);
	return Object.fromEntries(known);
}

/** Identifies a trigger among all workflows. The node ID alone does not: in old workflows two nodes may share one. */
export function triggerKey(context: NodeContext): string {
	const { id, name } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, name]);
}

/**
 * Reads a key of the node's static data. n8n stores them by the node's name; if the node was renamed and has nothing under its
 * new name yet, the newest copy under its ID that fits is read.
 *
 * @param fits whether a copy is this node's: another node may have the same ID
 * @returns a clone, so that changing it changes nothing in n8n; undefined if nothing is stored
 */
export function readNodeData(context: NodeContext, key: string, fits: (kept: unknown) => boolean): unknown {
	const own: unknown = context.getWorkflowStaticData('node')[key];
	const copies = Object.values(copiesIn(context.getWorkflowStaticData('global'))[context.getNode().id] ?? {});
	const found = own ?? copies.sort((a, b) => b.atMs - a.atMs).map(({ data }) => data[key]).find(fits);
	return found === undefined ? undefined : JSON.parse(JSON.stringify(found));
}

/** Writes a key of the node's static data, and a copy under the node's ID to those of the workflow. */
export function writeNodeData(context: NodeContext, key: string, value: unknown): void {
	context.getWorkflowStaticData('node')[key] = value as IDataObject;
	const { id, name } = context.getNode();
	const global = context.getWorkflowStaticData('global');
	const atMs = Date.now();
	const copies = copiesIn(global);
	copies[id] = { ...copies[id], [name]: { atMs, data: { ...copies[id]?.[name]?.data, [key]: value } } };
	const fresh = Object.entries(copies).map(([nodeId, ofNames]): [string, Record<string, Copy>] => [
		nodeId,
		Object.fromEntries(Object.entries(ofNames).filter(([, copy]) => copy.atMs > atMs - KEPT_MS)),
	]);
	// n8n notices only that a key of the object itself is set.
	global[COPIES] = Object.fromEntries(fresh.filter(([, ofNames]) => Object.keys(ofNames).length > 0)) as unknown as IDataObject;
}
