import type { IRunExecutionData, createRunExecutionData as Create } from 'n8n-workflow';

import { n8nWorkflow } from './n8n.mts';

/** The data of an execution that begins, where n8n has no function of its own that makes them: up to 1.120 or so. */
const make = ({ executionData, resultData, ...more }: Parameters<typeof Create>[0] = {}): IRunExecutionData => {
	const stack = { contextData: {}, metadata: {}, nodeExecutionStack: [], waitingExecution: {}, waitingExecutionSource: {} };
	return { startData: {}, ...more, resultData: { runData: {}, ...resultData }, executionData: { ...stack, ...executionData } } as unknown as IRunExecutionData;
};

const { createRunExecutionData = make } = n8nWorkflow as { createRunExecutionData?: typeof Create };

export { createRunExecutionData };
