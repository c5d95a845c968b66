import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import type { IExecuteFunctions, IN8nHttpFullResponse, INode, INodeType, INodeTypeDescription, VersionedNodeType } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { KingdeeJdyCustomSave } from '../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { KingdeeJdyPushTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.ts';
import { KingdeeJdyTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyTrigger.node.ts';
import { KINGDEE_JDY, NODE_TYPE, POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';

/** n8n's own nodes, where `nodesBase.mts` put them. */
const MODULES = resolve('.cache', 'nodes-base', 'node_modules');
const PACKAGE = join(MODULES, readdirSync(MODULES).find((name) => name.startsWith('n8n-nodes-base-')) ?? '');
const PREFIX = 'n8n-nodes-base.';

/** The nodes of this package. */
const OWN = new Map<string, () => INodeType>([
	[NODE_TYPE, () => new KingdeeJdyCustomSave()],
	[KINGDEE_JDY, () => new KingdeeJdy()],
	[POLL_TRIGGER, () => new KingdeeJdyTrigger()],
	[PUSH_TRIGGER, () => new KingdeeJdyPushTrigger()],
]);

const load = createRequire(join(PACKAGE, 'package.json'));
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(PACKAGE, path), 'utf8'));

const files = readJson('dist/known/nodes.json') as Record<string, { className: string; sourcePath: string }>;
const descriptions = readJson('dist/types/nodes.json') as INodeTypeDescription[];

/** What n8n makes of a node for agents: it has a description for the model as well. */
function asToolDescription(description: INodeTypeDescription): INodeTypeDescription {
	const text = (name: string): INodeTypeDescription['properties'][number] => ({ displayName: name, name, type: 'string', default: '' });
	return { ...description, name: `${description.name}Tool`, properties: [text('descriptionType'), text('toolDescription'), ...description.properties] };
}

/** What n8n's editor knows of a node in its version; undefined: there is no such node. */
export function descriptionOf({ type, typeVersion }: INode): INodeTypeDescription | undefined {
	const own = OWN.get(type.replace(/Tool$/, ''))?.();
	if (own) return type.endsWith('Tool') ? asToolDescription(own.description) : own.description;
	return descriptions.find(({ name, version }) => `${PREFIX}${name}` === type && [version].flat().includes(typeVersion));
}

export function isTrigger(node: INode): boolean {
	return /\.(?:mcp|chat)Trigger$/.test(node.type) || (descriptionOf(node)?.group.includes('trigger') ?? false);
}

/** A trigger whose items are pinned: the engine starts from it and never runs it. */
function pinnedTrigger(description: INodeTypeDescription): INodeType {
	return { description, trigger: async () => undefined };
}

/** The class of n8n itself. That of IF is taken by its file: the other one needs a library that is not fetched. */
function realNode({ type, typeVersion }: INode, description: INodeTypeDescription): INodeType {
	const own = OWN.get(type)?.();
	if (own) return own;
	if (type === `${PREFIX}if`) {
		const { IfV2 } = load('./dist/nodes/If/V2/IfV2.node.js') as { IfV2: new (base: INodeTypeDescription) => INodeType };
		return new IfV2(description);
	}
	const { className = '', sourcePath = '' } = files[type.slice(PREFIX.length)] ?? {};
	const classes = load(`./${sourcePath}`) as Record<string, new () => INodeType | VersionedNodeType>;
	const Class = classes[className];
	if (!Class) throw new Error(`No class for ${type}`);
	const node = new Class();
	return 'nodeVersions' in node ? node.getNodeType(typeVersion) : node;
}

/** Keeps what Respond to Webhook sends, as the web server of n8n would get it. */
function answering(node: INodeType, answers: IN8nHttpFullResponse[]): INodeType {
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			this.sendResponse = async (answer) => void answers.push(answer as IN8nHttpFullResponse);
			return (await node.execute?.call(this)) ?? [];
		},
	};
}

/** The node types of a workflow, by their full names. */
export function nodeTypesFor(nodes: INode[], answers: IN8nHttpFullResponse[]): Record<string, INodeType> {
	const typeOf = (node: INode) => {
		const description = descriptionOf(node);
		if (!description) throw new Error(`n8n has no ${node.type} ${node.typeVersion}`);
		if (isTrigger(node)) return pinnedTrigger(description);
		const real = realNode(node, description);
		return node.type === `${PREFIX}respondToWebhook` ? answering(real, answers) : real;
	};
	return Object.fromEntries(nodes.map((node) => [node.type, typeOf(node)]));
}
