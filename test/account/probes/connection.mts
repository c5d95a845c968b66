import { errcodeOf, isFields, bodyOf } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { wordOf } from '../words.mts';

const AUTHORIZE = '/jdyconnector/app_management/push_app_authorize';
export const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';

/** A timestamp is valid for so long. [D] */
const TOLERANCE_SECONDS = 300;

const TLS_ERROR = /CERT|SSL|TLS|SIGNATURE|EPROTO/;

async function network(context: ProbeContext): Promise<Finding> {
	const answer = await context.send({ path: TOKEN, isSigned: false });
	context.kept.set('network', answer);
	if (answer.error !== undefined && !TLS_ERROR.test(answer.error)) {
		return contradicted({ error: wordOf(answer.error) }, 'Check the address of the gateway, the network and any proxy or firewall between this machine and it.');
	}
	return confirmed(answer.error === undefined ? { status: answer.status, answerMs: answer.ms } : {});
}

function tls({ kept, options }: ProbeContext): Finding {
	const answer = kept.get('network');
	if (answer?.error !== undefined) return contradicted({ error: wordOf(answer.error) }, 'The certificate is not trusted. Something between this machine and the gateway may read the traffic: trust its certificate with NODE_EXTRA_CA_CERTS only if you know it.');
	if (!options.credential.gatewayUrl.startsWith('https:')) return { ...open({ version: 'notEncrypted' }), passes: true };
	return confirmed({ version: wordOf(answer?.tlsVersion) });
}

function clock(context: ProbeContext): Finding {
	const dateMs = Date.parse(context.kept.get('network')?.headers.date ?? '');
	if (Number.isNaN(dateMs)) return { ...open({ date: 'missing' }), passes: true };
	const offsetMs = dateMs - context.options.now();
	const seen = { offSeconds: Math.round(offsetMs / 1000) };
	if (Math.abs(offsetMs) <= TOLERANCE_SECONDS * 1000) return confirmed(seen);
	context.clockOffsetMs = offsetMs;
	return { ...contradicted(seen, 'Set the clock of this machine right. The check goes on with the time of the gateway, as the nodes do.'), passes: true };
}

async function signature(context: ProbeContext): Promise<Finding> {
	const answer = await context.send({ method: 'POST', path: AUTHORIZE, body: {} });
	context.kept.set('accounts', answer);
	const code = errcodeOf(answer);
	const seen = { status: answer.status, code: code ?? 0 };
	// Without an Instance ID it may be refused in any way; whether the signature is good shows with the next call.
	const mayBeJdy = answer.status === 200 || (answer.status >= 400 && answer.status < 500);
	if (code === undefined) return { ...open(seen, 'What came back is not an answer of Kingdee JDY: check the address of the gateway and any proxy.'), passes: mayBeJdy };
	if (code >= 4001 && code <= 4005) return contradicted(seen, 'Check Client ID and Client Secret.');
	if (code === 4006) return contradicted(seen, 'The gateway took no timestamp: set the clock of this machine right.');
	if (code === 4007 || code === 4008) return contradicted(seen, 'Check Client Secret: it does not belong to this Client ID, or it was copied incompletely. A proxy has to pass every X-Api header on.');
	return confirmed(seen);
}

/** The accounts of an answer of `push_app_authorize`. */
export function accountsIn(answer: { text: string } | undefined): Record<string, unknown>[] {
	const body = answer && bodyOf(answer);
	const data = isFields(body) ? body.data : undefined;
	return Array.isArray(data) ? data.filter(isFields) : [];
}

export async function authorize(context: ProbeContext, instanceId: string): Promise<Record<string, unknown>[]> {
	const answer = await context.send({ method: 'POST', path: AUTHORIZE, query: { outerInstanceId: instanceId }, body: {} });
	context.kept.set('accounts', answer);
	return accountsIn(answer);
}

export const connectionProbes: Probe[] = [
	{ id: 'network', layer: 'Network and TLS', assumption: 'The gateway answers this machine', mark: '-', anchor: 'What a request carries', calls: 1, judgesFailures: true, run: network },
	{ id: 'tls', layer: 'Network and TLS', assumption: 'It is reached by TLS 1.2 or later, with a certificate that is trusted', mark: '-', anchor: 'What a request carries', calls: 0, needs: ['network'], run: tls },
	{ id: 'clock', layer: 'Network and TLS', assumption: 'The clock of this machine is within 5 minutes of the gateway\'s', mark: 'D', anchor: 'What a request carries', calls: 0, needs: ['tls'], run: clock },
	{ id: 'signature', layer: 'Signature', assumption: 'A request that is signed as documented is accepted', mark: 'D', anchor: 'The signature', calls: 1, needs: ['clock'], judgesFailures: true, run: signature },
];
