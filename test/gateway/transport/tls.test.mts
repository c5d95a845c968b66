import { Emulator } from '../../emulator/server.mts';
import { certificate, trust } from '../../helpers/certificate.mts';
import { save, withEmulator } from '../../helpers/jdy.mts';

describe('over TLS', () => {
	it('saves where the certificate is trusted', async () => {
		const tls = await certificate();
		const distrust = trust(tls);
		try {
			await withEmulator(Emulator.start({}, { tls }), async (emulator) => {
				const { saved } = await save(emulator, { items: [{}] });
				expect(saved[0]?.json.errcode).toBe(0);
			});
		} finally {
			distrust();
		}
	});

	it('sends nothing to a certificate that is not', async () => {
		await withEmulator(Emulator.start({}, { tls: await certificate() }), async (emulator) => {
			const { error } = await save(emulator, { items: [{}] });
			expect(error?.description).toMatch(/\((DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)\)$/);
			expect(error?.context).toMatchObject({ outcome: 'notSent' });
			expect(emulator.ledger).toEqual([]);
		});
	});
});
