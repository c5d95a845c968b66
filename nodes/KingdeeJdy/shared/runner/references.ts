import type { Gateway } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { accountFacts } from '../accountFacts/accountFacts';
import type { Caller, References, Settings } from '../contract/operation';
import type { ReferenceKey } from '../contract/references';
import { ReferenceFinder } from '../references/referenceFinder';
import { rememberedReferencesIn } from '../references/remembered';

/** A document on its way, and what it refers to. */
export interface Referring<P extends Settings> {
	gateway: Gateway;
	call: Caller;
	references: References<P>;
}

/** A province, its city, the district of that, and one more. */
const MAX_ROUNDS = 4;

/** What the documents of a run refer to, looked up in each account. */
export class RunReferences<P extends Settings> {
	private readonly finders = new Map<string, ReferenceFinder>();

	/** Looks everything up, each key once: first what stands by itself, then what belongs to something that was found. */
	async find(documents: ReadonlyArray<Referring<P>>): Promise<void> {
		for (let round = 1; round <= MAX_ROUNDS; round++) {
			const wanted = new Map<ReferenceFinder, ReferenceKey[]>();
			for (const { gateway, call, references } of documents) {
				const finder = this.finderFor(gateway, call);
				const keys = references.keys(finder).filter((key) => finder.get(key) === undefined);
				const others = wanted.get(finder);
				if (others) others.push(...keys);
				else if (keys.length > 0) wanted.set(finder, keys);
			}
			if (wanted.size === 0) return;
			await Promise.all([...wanted].map(async ([finder, keys]) => await finder.find(keys)));
		}
	}

	/** The parameters of a document with IDs. @throws ReferenceFailure, ValidationError */
	resolve({ gateway, call, references }: Referring<P>): P {
		return references.resolve(this.finderFor(gateway, call));
	}

	/** Forgets what a document referred to: JDY says that something of it does not exist. */
	forget({ gateway, call, references }: Referring<P>): void {
		const finder = this.finderFor(gateway, call);
		finder.forget(references.keys(finder));
	}

	/** What was looked up, for the user. */
	hints(): string[] {
		return [...this.finders.values()].flatMap((finder) => {
			const { found, calls } = finder.summary();
			return found.length === 0 ? [] : [`${found.join(', ')} looked up with ${calls} ${calls === 1 ? 'call' : 'calls'}`];
		});
	}

	private finderFor({ credential, state, clock }: Gateway, call: Caller): ReferenceFinder {
		const name = accountOf(credential);
		const finder = this.finders.get(name) ?? new ReferenceFinder({ name, call, remembered: rememberedReferencesIn(state), facts: accountFacts(state, name), now: clock.now });
		this.finders.set(name, finder);
		return finder;
	}
}

/**
 * The parameters of one document, or of one list, with IDs.
 *
 * @throws ReferenceFailure, ValidationError
 */
export async function resolved<P extends Settings>(referring: Referring<P>): Promise<P> {
	const run = new RunReferences<P>();
	await run.find([referring]);
	return run.resolve(referring);
}
