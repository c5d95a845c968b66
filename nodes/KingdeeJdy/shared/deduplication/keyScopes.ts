import type { Gateway } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { accountNames, knownNames } from '../../gateway/session/accountNames';
import type { AskedAccounts } from '../../gateway/session/accountNames';
import { ownCredentialOf } from '../connection/openGateway';
import type { Deduplication, DocumentKey } from '../contract/operation';
import type { ItemFailure } from '../contract/outcomes';
import type { Sending } from '../contract/sending';
import { scopedKey } from '../parameters/deduplicationKey';

/** The scope of keys, and those under which earlier builds remembered keys of the same account. */
interface Scope {
	/** Undefined for that of the credential. */
	account: string | undefined;
	/** Equal for the same account. */
	identity: string;
	earlier: Array<[account: string | undefined, instanceId: string | undefined]>;
}

type ScopeResult = { scope: Scope } | { failure: ItemFailure };

/**
 * The scopes of the keys of a run. An account is one scope, whichever of its names an item uses; that of the credential is the
 * same scope as no account at all. Earlier builds took the name as it was entered, followed by that of the instance.
 */
export class KeyScopes {
	private readonly asked: Map<string, AskedAccounts>;

	private readonly known = new Map<Gateway, Promise<ScopeResult>>();

	private readonly signal: AbortSignal | undefined;

	/** @param asked what this run has asked already */
	constructor(asked: Map<string, AskedAccounts>, signal: AbortSignal | undefined) {
		this.asked = asked;
		this.signal = signal;
	}

	/** A key within the scope of its account; asks JDY for the names of an account that the item names. */
	async within(key: DocumentKey, gateway: Gateway, sending: Sending): Promise<{ deduplication: Deduplication } | { failure: ItemFailure }> {
		const scoped = this.known.get(gateway) ?? this.scopeOf(gateway, sending);
		this.known.set(gateway, scoped);
		const result = await scoped;
		if ('failure' in result) return result;
		const { account, identity, earlier } = result.scope;
		const earlierMarks = earlier.map((names) => scopedKey(key.type, key.key, ...names));
		return { deduplication: { ...key, mark: scopedKey(key.type, key.key, account), earlierMarks, account: identity } };
	}

	private async scopeOf(gateway: Gateway, { account, instanceId, timeoutMs }: Sending): Promise<ScopeResult> {
		const { credential } = gateway;
		const isNamed = account !== undefined || instanceId !== undefined;
		if (!isNamed || credential.authentication !== 'instance') return { scope: { account: undefined, identity: accountOf(credential), earlier: [] } };
		const found = await accountNames(gateway, credential, { timeoutMs, signal: this.signal }, this.asked);
		if ('failure' in found) return found;
		const own = ownCredentialOf(gateway);
		const [name = accountOf(credential)] = found.names;
		const isOwn = own !== undefined && knownNames(gateway, own)?.[0] === name;
		const scope = isOwn ? undefined : name;
		const earlier: Scope['earlier'] = [...found.names.map((one): [string, undefined] => [one, undefined])];
		if (instanceId !== undefined) earlier.push([undefined, instanceId], ...found.names.map((one): [string, string] => [one, instanceId]));
		return { scope: { account: scope, identity: name, earlier: earlier.filter(([one, instance]) => one !== scope || instance !== undefined) } };
	}
}
