import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { Logger } from 'n8n-workflow';

// n8n-core writes a settings file on its first import; it must not be the user's own.
process.env.N8N_USER_FOLDER ??= resolve('.cache', 'engine');
process.env.N8N_ENCRYPTION_KEY ??= 'engine-in-a-test';

/** n8n as n8n itself loads it: as CommonJS, so that there is one copy of every class. */
const load = createRequire(resolve('package.json'));

export const n8nWorkflow = load('n8n-workflow') as typeof import('n8n-workflow');
export const n8nCore = load('n8n-core') as typeof import('n8n-core');

const loadForCore = createRequire(load.resolve('n8n-core'));
const { Container } = loadForCore('@n8n/di') as { Container: { set: (token: unknown, instance: unknown) => void } };
const { Logger: LoggerToken } = loadForCore('@n8n/backend-common') as { Logger: unknown };

/** Makes the engine and the nodes write to this logger. */
export function useLogger(logger: Logger): void {
	n8nWorkflow.LoggerProxy.init(logger);
	Container.set(LoggerToken, logger);
}
