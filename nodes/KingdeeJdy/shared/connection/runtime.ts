import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { runtimeProblem } from '../../gateway/runtime';
import { localFailure } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';

/** Why nothing is sent from this Node.js, or undefined. */
export function runtimeFailure(): ItemFailure | undefined {
	const problem = runtimeProblem();
	return problem === undefined ? undefined : localFailure('runtime', problem);
}

type EditorMethod = (this: ILoadOptionsFunctions, ...args: never[]) => Promise<unknown>;

/**
 * The lists and forms that the editor asks a node for.
 *
 * @throws NodeOperationError (each of them) on a Node.js that is too old
 */
export function editorMethods<M extends Record<string, EditorMethod>>(methods: M): M {
	const entries = Object.entries(methods).map(([name, method]) => {
		async function checked(this: ILoadOptionsFunctions, ...args: never[]): Promise<unknown> {
			const problem = runtimeProblem();
			if (problem !== undefined) throw new NodeOperationError(this.getNode(), problem);
			return await method.apply(this, args);
		}
		return [name, checked] as const;
	});
	return Object.fromEntries(entries) as M;
}
