import { defaults, strict } from './settings.mts';
import type { Settings } from './settings.mts';

type Name = keyof Settings;

/** Settings that a word of a command line can hold: texts, numbers, truths, and lists of texts. */
const isSwitch = (name: string): name is Name => Object.hasOwn(defaults, name) && (typeof defaults[name as Name] !== 'object' || name === 'missingModules') && typeof defaults[name as Name] !== 'function';

function valueOf(name: Name, text: string): unknown {
	if (name === 'missingModules') return text.split(',');
	switch (typeof defaults[name]) {
		case 'number':
			return Number(text);
		case 'boolean':
			return text === 'true';
		default:
			return text;
	}
}

/**
 * The settings that the words of a command line ask for: `--strict`, `--NAME=VALUE` for each setting.
 *
 * @throws Error naming a word that is none
 */
export function settingsOf(words: readonly string[]): Partial<Settings> {
	const chosen: Partial<Settings> = words.includes('--strict') ? { ...strict } : {};
	for (const word of words) {
		const [, name = '', text = ''] = /^--(\w+)=(.*)$/.exec(word) ?? [];
		if (!word.startsWith('--') || word === '--strict' || word === '--tls') continue;
		if (!isSwitch(name)) throw new Error(`${word} is no setting; there are --tls, --strict and ${switchNames().map((one) => `--${one}=`).join(', ')}`);
		Object.assign(chosen, { [name]: valueOf(name, text) });
	}
	return chosen;
}

export function switchNames(): string[] {
	return Object.keys(defaults).filter(isSwitch);
}
