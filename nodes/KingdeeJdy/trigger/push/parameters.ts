import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import type { Sending } from '../../shared/contract/sending';
import { truth } from '../../shared/parameters/checks';
import { checkFilledIn } from '../../shared/parameters/expressions';
import { readSending } from '../../shared/parameters/options';

/** What decides about a message when it arrives. */
export interface Listening {
	/** Empty: all. */
	bizTypes: ReadonlySet<string>;
	readsBack: boolean;
	showsSecrets: boolean;
}

/** How documents are read back. */
export interface ReadBackSettings {
	sending: Sending;
	/** Whether private data are decrypted. */
	decrypts: boolean;
}

type ReadParameter = (name: string, fallback: unknown) => unknown;

function optionsOf(read: ReadParameter): IDataObject {
	const given = read('additionalOptions', {});
	return isRecord(given) ? (given as IDataObject) : {};
}

function namesIn(value: unknown): string[] {
	checkFilledIn('Message Types', value, undefined);
	if (typeof value === 'string') return value.split(',').map((name) => name.trim()).filter((name) => name !== '');
	if (value === null || value === undefined) return [];
	if (!Array.isArray(value)) throw new ValidationError('Message Types', 'must be a list of texts');
	return value.flatMap((entry: unknown) => {
		if (typeof entry !== 'string') throw new ValidationError('Message Types', 'must be a list of texts');
		return namesIn(entry);
	});
}

/** @throws ValidationError for a choice that cannot be used */
export function readListening(context: IWebhookFunctions): Listening {
	const read: ReadParameter = (name, fallback) => context.getNodeParameter(name, fallback as string);
	const options = optionsOf(read);
	return {
		bizTypes: new Set([...namesIn(read('bizTypes', [])), ...namesIn(options.otherTypes)]),
		readsBack: truth(read('readBack', true), 'Read Back'),
		showsSecrets: truth(options.showSecrets ?? false, 'Show Secrets'),
	};
}

/** @throws ValidationError for an option that is out of range */
export function readReadBackSettings(context: IExecuteFunctions): ReadBackSettings {
	const options = optionsOf((name, fallback) => context.getNodeParameter(name, 0, fallback as string));
	return { sending: readSending(options), decrypts: truth(options.decrypt ?? false, 'Decrypt Private Data') };
}
