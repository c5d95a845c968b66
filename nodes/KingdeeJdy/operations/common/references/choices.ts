import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { textOfChoice } from '../../../catalogue/forms/choices';
import type { Choice, Choices } from '../../../catalogue/forms/choices';
import { choicesIn, formOf } from '../../../catalogue/forms/form';
import type { Form } from '../../../catalogue/forms/form';
import type { Parameter } from '../../../catalogue/types';
import { call } from '../../../gateway/call';
import type { Gateway } from '../../../gateway/call';
import { accountOf } from '../../../gateway/credential/credential';
import { processState, stateSlot } from '../../../gateway/state';
import { alarmAfter, unlessAborted } from '../../../gateway/waiting/timing';
import { openGateway } from '../../../shared/connection/openGateway';
import type { ReferenceRow, ReferenceTarget } from '../../../shared/contract/references';
import { readSending } from '../../../shared/parameters/options';
import { RowReader } from '../../../shared/references/rowReader';
import { targetOf } from './targets';

/** n8n stores the whole list in the workflow. */
const MOST = 50;

/** The editor waits for it: for all lists of a form together. */
const TIMEOUT_MS = 3_000;

const LIFETIME_MS = 5 * 60_000;

/** Lists that could not be read are not asked for at every click. */
const RETRY_AFTER_MS = 30_000;

/** Account and choices; undefined for what cannot be offered. */
const rememberedIn = stateSlot(() => new Map<string, { options: INodePropertyOptions[] | undefined; untilMs: number }>());

const MAX_REMEMBERED = 2_000;

function optionOf({ hasNumbers }: ReferenceTarget, { number, name }: ReferenceRow): INodePropertyOptions[] {
	const value = hasNumbers ? number : name;
	if (value === undefined || value.trim() === '') return [];
	return [{ value, name: name === undefined || !hasNumbers ? value : `${name} (${number})` }];
}

/** What can be chosen; undefined for more than a list can show, `failed` if JDY does not give it. */
async function readOptions(target: ReferenceTarget, { group, level }: Choice, reader: RowReader): Promise<INodePropertyOptions[] | undefined | 'failed'> {
	const { list } = target;
	const read = await reader.readFirst(target, { ...(list?.isFilteredByEnabled && { isEnabled: true }), ...(group !== undefined && list?.isOwned && { owners: [group] }) });
	if (!read) return 'failed';
	const { rows, total } = read;
	const own = rows.filter((row) => row.isEnabled !== false && (level === undefined || row.level === level));
	const isWhole = list?.isPaged !== true || (total === undefined ? rows.length <= MOST : total <= rows.length);
	const options = new Map(own.flatMap((row) => optionOf(target, row)).map((option) => [option.value, option]));
	return isWhole && options.size <= MOST && options.size > 0 ? [...options.values()] : undefined;
}

/** The choices of one account, as far as they are remembered or come in time. */
class ChoiceReader {
	readonly found = new Map<string, INodePropertyOptions[]>();

	private readonly gateway: Gateway;

	private readonly reader: RowReader;

	constructor(gateway: Gateway, signal: AbortSignal) {
		this.gateway = gateway;
		this.reader = new RowReader(async (endpoint, body) => await call(gateway, endpoint, body, { timeoutMs: TIMEOUT_MS, maxAttempts: 1, signal }));
	}

	async read(choices: readonly Choice[]): Promise<Choices> {
		await Promise.all(
			choices.map(async (choice) => {
				const options = await this.optionsOf(choice);
				if (options) this.found.set(textOfChoice(choice), options);
			}),
		);
		return this.found;
	}

	private async optionsOf(choice: Choice): Promise<INodePropertyOptions[] | undefined> {
		const { credential, clock } = this.gateway;
		const remembered = rememberedIn(processState);
		const key = `${credential.gatewayOrigin} ${accountOf(credential)} ${textOfChoice(choice)}`;
		const known = remembered.get(key);
		if (known && known.untilMs > clock.now()) return known.options;
		const target = await targetOf(choice.to, 'json');
		if (target?.isSmall !== true || !target.list) return undefined;
		const read = await readOptions(target, choice, this.reader);
		const options = read === 'failed' ? undefined : read;
		if (remembered.size >= MAX_REMEMBERED) remembered.clear();
		remembered.set(key, { options, untilMs: clock.now() + (read === 'failed' ? RETRY_AFTER_MS : LIFETIME_MS) });
		return options;
	}
}

/**
 * The small master data that the fields of a form can be chosen from, as the account has them: enabled rows, if there are no
 * more than a list can show. Without an account, or one that does not answer soon, there is nothing to choose, and no error.
 */
async function choicesFor(context: ILoadOptionsFunctions, parameters: readonly Parameter[]): Promise<Choices> {
	const choices = choicesIn(parameters);
	if (choices.length === 0) return new Map();
	const controller = new AbortController();
	const disarm = alarmAfter(TIMEOUT_MS, () => controller.abort());
	try {
		const gateway = await openGateway(context, processState)(0, readSending({}));
		const reader = new ChoiceReader(gateway, controller.signal);
		return await unlessAborted(reader.read(choices), controller.signal, () => new Map(reader.found));
	} catch {
		return new Map();
	} finally {
		disarm();
	}
}

/** The fields of a form, with what the account of the editor has to choose from. */
export async function formIn(context: ILoadOptionsFunctions, parameters: readonly Parameter[], form: Form = {}): Promise<ResourceMapperField[]> {
	return formOf(parameters, { ...form, choices: await choicesFor(context, parameters) });
}
