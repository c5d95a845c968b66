import type { EmptyFields } from './empty';
import type { MissingMode } from './requiredFields';

export type Values = Record<string, unknown>;

/** How values are to be read. */
export interface ValueOptions {
	/** Of JDY's dates: what tells its own zone is seen from here. */
	timeZone: string;
	/** What becomes of a document that lacks what its page calls required. @default 'refuse' */
	missing?: MissingMode;
	/** What becomes of fields that are given and empty; undefined: null is left out, and an empty text is sent as text. */
	emptyFields?: EmptyFields;
	/** Whether what stands in an ID must be one. @default 'lookUp' */
	references?: 'lookUp' | 'asGiven';
}

/** What is sent, and of what JDY will have to judge itself. */
export interface ReadValues {
	values: Values;
	/** Names that no page knows, e.g. `material_entity.colour`. */
	unknown: string[];
	/** What is not what the page says, e.g. `material_entity.qty (a number)`. */
	asGiven: string[];
	/** Names of what the page calls required and is not given. */
	missing: string[];
	/** Names of what was given, is empty, and was left out. */
	leftOut: string[];
}
