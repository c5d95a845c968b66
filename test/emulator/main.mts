import { certificate } from '../helpers/certificate.mts';
import { controlLines } from './control.mts';
import { demoSettings } from './demoSettings.mts';
import { demoTypeLines } from './demoTypes.mts';
import { Emulator } from './server.mts';
import { demoAccount, demoClient } from './settings.mts';
import { settingsOf } from './switches.mts';

/** `npm run emulator -- [port] [--tls] [--strict] [--NAME=VALUE …]`: a gateway on loopback with one demo account, until Ctrl-C. */
const words = process.argv.slice(2);
const port = Number(words.find((word) => /^\d+$/.test(word)) ?? 0);
const tls = words.includes('--tls') ? await certificate() : undefined;
const emulator = await Emulator.start({ ...demoSettings, ...settingsOf(words) }, { port, ...(tls && { tls }) });
const account = emulator.gateway.settings.accounts[0] ?? demoAccount;

console.log(`JDY gateway emulator: ${emulator.url}

  Client ID      ${demoClient.clientId}
  Client Secret  ${demoClient.clientSecret}
  App Token      ${emulator.gateway.tokens.issue(account)}
  App Key        ${account.appKey}
  App Secret     ${emulator.gateway.tokens.appSecret(account)}
  Instance ID    ${account.outerInstanceId}
  Router Domain  ${account.domain}
  Gateway URL    ${emulator.url}

Document types whose saves go wrong on purpose
${demoTypeLines().join('\n')}

${controlLines(emulator.url).join('\n')}
${tls ? `\nIts certificate, for NODE_EXTRA_CA_CERTS or a client's list of trusted ones\n\n${tls.cert}` : ''}
Ctrl-C stops it.`);

process.once('SIGINT', () => void emulator.stop());
process.once('SIGTERM', () => void emulator.stop());
