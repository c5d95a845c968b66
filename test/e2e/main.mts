/**
 * `npm run n8n`: a real n8n with this package installed as users install it, an emulated JDY gateway, an owner account,
 * the demo credential and the example workflows. Ctrl-C stops all of it.
 */
import { resolve } from 'node:path';

import { controlLines } from '../emulator/control.mts';
import { demoBranch } from '../emulator/demoSettings.mts';
import { demoTypeLines } from '../emulator/demoTypes.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { OWNER } from '../helpers/n8n/realN8n.mts';
import { startDemo } from './demo.mts';

const log = (line: string) => console.log(line);
const startedAt = Date.now();
await installN8n(log);
log('Starting n8n and the emulated gateway');
const { emulator, startUrl, stop } = await startDemo(resolve('.cache', 'n8n', 'user-demo'));
const { tokens } = emulator.gateway;

log(`
n8n        ${startUrl}      ready after ${Math.round((Date.now() - startedAt) / 1000)} s
  Email      ${OWNER.email}
  Password   ${OWNER.password}

The credential "Kingdee JDY" and the example workflows are there already.

Emulated JDY gateway, for a credential of your own
  Gateway URL    ${emulator.url}
  Client ID      ${demoClient.clientId}
  Client Secret  ${demoClient.clientSecret}
  Instance ID    ${demoAccount.outerInstanceId}
  App Key        ${demoBranch.appKey}
  App Secret     ${tokens.appSecret(demoBranch)}
  App Token      ${tokens.issue(demoAccount)}
  Router Domain  ${demoAccount.domain}

Document types whose saves go wrong on purpose
${demoTypeLines().join('\n')}

${controlLines(emulator.url).join('\n')}

App Secret, App Token and the documents are new at each start; n8n keeps its workflows. Ctrl-C stops all of it.`);

await new Promise<void>((end) => {
	// Ctrl-C comes more than once: from the terminal, and handed on by npm and the script that chooses the Node.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());
});
log('Stopping');
await stop();
process.exit(0);
