import { readFileSync } from 'node:fs';

import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
}

const schema = JSON.parse(readFileSync('nodes/KingdeeJdy/__schema__/v1.0.0.json', 'utf8')) as Schema;

/** Where a value is not what the schema says, as paths. */
function differences({ type, properties = {} }: Schema, value: unknown, path = 'json'): string[] {
	const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
	if (!fits) return [path];
	return Object.entries(properties).flatMap(([name, inner]) => differences(inner, (value as Record<string, unknown>)[name], `${path}.${name}`));
}

it('what the editor shows before the first run is what comes out', async () => {
	const emulator = await Emulator.start();
	try {
		const { saved } = await save(emulator, { items: [{ no: 'A' }] });
		expect(differences(schema, saved[0]?.json)).toEqual([]);
	} finally {
		await emulator.stop();
	}
});
