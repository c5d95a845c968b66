import type { AskedAccounts } from '../../gateway/session/accountNames';
import { accountNames } from '../../gateway/session/accountNames';
import { mapInParts } from '../concurrency/lanes';
import type { ReadItem, Settings } from '../contract/operation';
import type { Sending } from '../contract/sending';
import type { OpenGateway } from './openGateway';

/**
 * One name for each account of a run, whichever its items use: an account has one pace and one lane, and its items make one
 * document or are the same again. JDY is asked for the names only if the items name accounts in several ways.
 */
export class AccountNaming {
	private areSeveral = false;

	private readonly open: OpenGateway;

	private readonly asked: Map<string, AskedAccounts>;

	private readonly signal: AbortSignal | undefined;

	/** @param asked what this run has asked already */
	constructor(open: OpenGateway, asked: Map<string, AskedAccounts>, signal: AbortSignal | undefined) {
		this.open = open;
		this.asked = asked;
		this.signal = signal;
	}

	/**
	 * The items of a run with one name for each account.
	 *
	 * @param others names that items use which cannot be sent
	 */
	async unify<P extends Settings>(items: ReadonlyArray<ReadItem<P>>, others: ReadonlyArray<string | undefined>): Promise<Array<ReadItem<P>>> {
		this.areSeveral = new Set([...items.map(({ parameters: { sending } }) => sending.account), ...others]).size > 1;
		if (!this.areSeveral) return [...items];
		return await mapInParts(items, async (item) => {
			const { parameters, itemIndex } = item;
			const account = await this.nameOf(itemIndex, parameters.sending);
			return { ...item, parameters: { ...parameters, sending: { ...parameters.sending, account } } };
		});
	}

	/** The account ID if JDY lists it, otherwise the name as it was entered: what is wrong with it shows when it is used. */
	async nameOf(itemIndex: number, sending: Sending): Promise<string | undefined> {
		const { account, dryRun, timeoutMs } = sending;
		if (account === undefined || dryRun || !this.areSeveral) return account;
		const gateway = await this.open(itemIndex, sending).catch(() => undefined);
		if (gateway?.credential.authentication !== 'instance') return account;
		const found = await accountNames(gateway, gateway.credential, { timeoutMs, signal: this.signal }, this.asked);
		return 'names' in found ? (found.names[0] ?? account) : account;
	}
}
