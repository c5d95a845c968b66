import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../contract/tool';
import { saidValues } from './saidFields';

/** What chats and agents put beside the fields of a tool: no field of a document, unless the node asks the model for it. */
const OF_AGENTS: ReadonlySet<string> = new Set(['toolCallId', 'sessionId', 'chatInput', 'text', 'prompt', 'action', 'files', 'tool', 'toolParameters', 'hitlParameters']);

/** Since Agent 3 n8n lays what the model gave over the input of the agent, and adds this. */
const MARK_OF_MERGED = 'toolCallId';

/** Stands for the expressions by which the model gives a whole item. */
const BY_MODEL = '=';

const KEY = /^[\w-]{1,64}$/;

/** `$fromAI`, which gives only what the model gave. */
function fromModel(context: IExecuteFunctions, itemIndex: number): (name: string) => boolean {
	const { $fromAI: ask } = context.getWorkflowDataProxy(itemIndex) as { $fromAI?: (name: string) => unknown };
	return (name) => {
		try {
			return ask?.(name) !== undefined;
		} catch {
			return false;
		}
	};
}

/** What the model gave for each input object; n8n keeps that object when it runs a node again. */
const given = new WeakMap<IDataObject, IDataObject>();

function givenBy(context: IExecuteFunctions, json: IDataObject, itemIndex: number): IDataObject {
	const parameters = JSON.stringify(context.getNode().parameters);
	const isAsked = (name: string) => KEY.test(name) && new RegExp(`\\$from_?ai\\s*\\(\\s*\\\\?['"\`]${name}\\\\?['"\`]`, 'i').test(parameters);
	const isGiven = MARK_OF_MERGED in json ? fromModel(context, itemIndex) : () => true;
	const names = Object.keys(json).filter((name) => (isAsked(name) || !OF_AGENTS.has(name)) && isGiven(name));
	return saidValues(Object.fromEntries(names.map((name) => [name, json[name]])), BY_MODEL) as IDataObject;
}

/**
 * The fields of an input item; as a tool only those that the model gave: nothing of the prompt, and nothing of what the agent
 * itself was given. The same object each time, also when n8n runs the node again.
 */
export function inputJson(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const json = context.getInputData()[itemIndex]?.json ?? {};
	if (!isTool(context.getNode())) return json;
	const known = given.get(json) ?? givenBy(context, json, itemIndex);
	given.set(json, known);
	return known;
}
