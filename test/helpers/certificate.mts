import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { generate } from 'selfsigned';

import type { Tls } from '../emulator/server.mts';

/** A fresh certificate for loopback and, where wanted, for other names. */
export async function certificate(names: string[] = ['localhost']): Promise<Tls> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
		keyType: 'ec',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'subjectAltName', altNames: [...names.map((value) => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }] },
		],
	});
	return { key, cert };
}

/** Makes this process trust a certificate; gives back the way to distrust it. */
export function trust({ cert }: Tls): () => void {
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, cert]);
	return () => setDefaultCACertificates(before);
}
