import { demoCustomFields } from './customFields.mts';
import type { Settings } from './settings.mts';

/** What the emulator holds where people look at it: custom fields and a small firm. */
export const demoSettings: Partial<Settings> = { customFields: demoCustomFields, seed: 'firm' };
