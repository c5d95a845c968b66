import type { Settings } from '../../settings.mts';
import { seedFirm } from '../firm.mts';
import type { Seed } from '../records.mts';
import { EVERY_KIND } from './everyKind.mts';
import { seedMasterData } from './seeding.mts';
import { TRAPS } from './traps.mts';

const SEEDS: Record<Settings['seed'], Seed> = {
	none: () => undefined,
	firm: seedFirm,
	everyKind: (records, account) => void seedMasterData(records, account, EVERY_KIND),
	traps: (records, account) => void seedMasterData(records, account, TRAPS),
};

/** What the books of an account hold before they are first used. */
export function seedOf({ seed, masterData }: Settings): Seed {
	return (records, account) => {
		SEEDS[seed](records, account);
		seedMasterData(records, account, masterData);
	};
}
