import { Emulator } from './server.mts';
import { demoAccount, demoClient } from './settings.mts';

/** `npm run emulator [port]`: a gateway on loopback with one demo account, until Ctrl-C. */
const emulator = await Emulator.start({}, { port: Number(process.argv[2] ?? 0) });
const account = emulator.gateway.settings.accounts[0] ?? demoAccount;

console.log(`JDY gateway emulator: ${emulator.url}

  Client ID      ${demoClient.clientId}
  Client Secret  ${demoClient.clientSecret}
  App Token      ${emulator.gateway.tokens.issue(account)}
  Router Domain  ${account.domain}
  Gateway URL    ${emulator.url}

Ctrl-C stops it.`);

process.once('SIGINT', () => void emulator.stop());
process.once('SIGTERM', () => void emulator.stop());
