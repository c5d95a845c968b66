import { fetchNodesBase } from './n8n/nodesBase.mts';
import { forgetProduced } from './produced.mts';

/** Jest's globalSetup. */
export default function setup(): void {
	forgetProduced();
	fetchNodesBase();
}
