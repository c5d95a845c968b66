import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../helpers/engine.mts';
import { descriptionOf, isTrigger } from './exampleNodes.mts';
import { n8nWorkflow } from '../helpers/n8n/n8n.mts';

const { NodeHelpers } = n8nWorkflow;

const REFERENCE = { kingdeeJdyApi: { id: 'jdyDemoCredential', name: 'Kingdee JDY' } };
const OWN = /\.kingdeeJdy\w*$/;
const NODE_WIDTH = 100;
/** With the name under it. */
const NODE_HEIGHT = 140;

function isNote({ type }: INode): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}

/** Whether every value stands in what n8n's editor keeps, which adds defaults and drops what it does not know. */
function isKept(value: unknown, kept: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isDeepStrictEqual(value, kept);
	return typeof kept === 'object' && kept !== null && Object.entries(value).every(([name, part]) => isKept(part, kept[name as keyof typeof kept]));
}

/** Whether a node needs the credential: those of the package do, and requests that it signs. */
function isSigned({ type, parameters }: INode): boolean {
	return OWN.test(type) || parameters.nodeCredentialType === 'kingdeeJdyApi';
}

/** n8n's nodes for agents, which are not fetched here. */
function isOfAgents({ type }: INode): boolean {
	return type.startsWith('@n8n/n8n-nodes-langchain.') || type.endsWith('HitlTool');
}

function problemsOfNode(node: INode): string[] {
	if (isOfAgents(node)) return [];
	const description = descriptionOf(node);
	if (!description) return [`n8n has no ${node.type} ${node.typeVersion}`];
	const kept = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description);
	const complaints = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
	return [
		...(isKept(node.parameters, kept) ? [] : [`${node.name}: n8n drops some of its parameters`]),
		...(complaints ? [`${node.name}: n8n complains: ${JSON.stringify(complaints)}`] : []),
		...(isDeepStrictEqual(node.credentials, isSigned(node) ? REFERENCE : undefined) ? [] : [`${node.name}: its credential is not the demo's name`]),
	];
}

function problemsOfConnections({ nodes, connections }: WorkflowJson): string[] {
	const names = nodes.map(({ name }) => name);
	const targets = Object.values(connections).flatMap((outputs) => Object.values(outputs).flatMap((output) => output.flatMap((list) => (list ?? []).map(({ node }) => node))));
	const serves = (name: string) => Object.keys(connections[name] ?? {}).some((kind) => kind.startsWith('ai_'));
	const alone = nodes.filter((node) => !isNote(node) && !isTrigger(node) && !targets.includes(node.name) && !serves(node.name));
	return [
		...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: the name stands twice`),
		...[...Object.keys(connections), ...targets].filter((name) => !names.includes(name)).map((name) => `${name}: connected, but not there`),
		...alone.map(({ name }) => `${name}: nothing leads to it`),
	];
}

function area(node: INode) {
	const [left, top] = node.position;
	const { width, height } = isNote(node) ? (node.parameters as { width: number; height: number }) : { width: NODE_WIDTH, height: NODE_HEIGHT };
	return { left, top, right: left + width, bottom: top + height };
}

function overlap(one: INode, other: INode): boolean {
	const [a, b] = [area(one), area(other)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What keeps a workflow file from being imported and run by just choosing a credential. */
export function problemsOf(path: string): string[] {
	const text = readFileSync(path, 'utf8');
	const workflow = JSON.parse(text) as WorkflowJson & { active?: boolean };
	const { nodes, settings, active } = workflow;
	const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));
	return [
		...nodes.flatMap(problemsOfNode),
		...problemsOfConnections(workflow),
		...pairs.filter(([one, other]) => overlap(one, other)).map(([one, other]) => `${one.name} lies upon ${other.name}`),
		...(nodes.some(isNote) ? [] : ['It does not explain itself']),
		...(nodes.filter(isTrigger).length === 1 ? [] : ['It does not have one trigger']),
		...(active || settings?.executionOrder !== 'v1' ? ['It is switched on, or runs in the old order'] : []),
		...(/secret|token|password|app.?key|client.?id/i.test(text) ? ['It holds a secret'] : []),
	];
}
