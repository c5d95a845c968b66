import { createRequire } from 'node:module';
import { resolve } from 'node:path';

// n8n-core writes a settings file on its first import; it must not be the user's own.
process.env.N8N_USER_FOLDER ??= resolve('.cache', 'engine');
process.env.N8N_ENCRYPTION_KEY ??= 'engine-in-a-test';

/** n8n as n8n itself loads it: as CommonJS, so that there is one copy of every class. */
const load = createRequire(resolve('package.json'));

export const n8nWorkflow = load('n8n-workflow') as typeof import('n8n-workflow');
export const n8nCore = load('n8n-core') as typeof import('n8n-core');
