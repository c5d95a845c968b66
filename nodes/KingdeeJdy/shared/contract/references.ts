import type { Endpoint } from '../../gateway/types';
import type { ItemFailure } from './outcomes';
import type { Row, RowLocation } from './row';

/** A row of master data, as far as it takes to find it. */
export interface ReferenceRow {
	id: string;
	number?: string;
	name?: string;
	barcode?: string;
	/** Undefined if the row does not say. */
	isEnabled?: boolean;
	/** ID of what the row belongs to: the product of a unit, the warehouse of a bin, the province of a city. */
	owner?: string;
	/** Of a region: 1 province, 2 city, 3 district. */
	level?: number;
	/** Of a product whose detail was read: the unit that it is sold in, otherwise its base unit. */
	defaultUnit?: string;
	/** What it has of fields that may fill others of a document. */
	fields?: Readonly<Record<string, string>>;
}

/** Which rows of a list are asked for. */
export interface RowChoice {
	/** Undefined: as JDY chooses. */
	isEnabled?: boolean;
	/** JDY's own search: fuzzy, over names. */
	search?: string;
	/** IDs of what the rows belong to. */
	owners?: readonly string[];
}

interface Request {
	endpoint: Endpoint;
	body: string;
}

/** A kind of master data, and how JDY is asked for its rows. */
export interface ReferenceTarget {
	/** E.g. `customer`. */
	name: string;
	/** The words for one and for several of it. */
	label: { one: string; several: string };
	hasNumbers: boolean;
	hasNames: boolean;
	/** Whether its rows are few, so that all are read at once. */
	isSmall: boolean;
	list?: {
		request: (page: number, size: number, choice: RowChoice) => Request;
		where: RowLocation;
		isPaged: boolean;
		/** Whether its answer is one row, and not a list. */
		isObject: boolean;
		/** Whether names can be searched. */
		isSearchable: boolean;
		/** Whether it can be asked for enabled rows, and for disabled ones. */
		isFilteredByEnabled: boolean;
		/** Whether its rows belong to something that it can be asked for. */
		isOwned: boolean;
		/** Whether it can be asked for the rows of several owners at once: then each row names its own. */
		takesOwners: boolean;
	};
	/** Reads one by its number. */
	detail?: {
		request: (number: string) => Request;
		/** Whether JDY documents that it takes a number alone. */
		isDocumented: boolean;
	};
	/** The target whose rows have the numbers of these, by the same IDs. */
	numbers?: ReferenceTarget;
	/** Where else a row of an owner may stand that its list does not show. */
	fallback?: ReferenceTarget;
	/** What stands in a row, or in the detail; several for a row that holds a tree. */
	read: (row: Row) => ReferenceRow[];
}

/** How a user names a row; `nameOrNumber`: by its name, otherwise by its number. `owned`: the only row of its owner. */
type ReferenceBy = 'number' | 'name' | 'barcode' | 'nameOrNumber' | 'owned';

/** What is to be found. */
export interface ReferenceKey {
	target: ReferenceTarget;
	by: ReferenceBy;
	/** Trimmed. */
	value: string;
	owner?: string | undefined;
	level?: number | undefined;
	/** Whether JDY is asked although the process remembers the row. */
	isFresh?: boolean;
}

/** What looking for a key among rows came to. */
export type ReferenceMatch =
	| { type: 'found'; row: ReferenceRow }
	| { type: 'several'; rows: readonly ReferenceRow[] }
	| { type: 'disabled'; row: ReferenceRow }
	| { type: 'none'; nearest: readonly string[] };

/** What looking a key up came to. */
export type LookedUpReference = ReferenceMatch | { type: 'failed'; failure: ItemFailure };

/** What is known of the keys of a run in one account; undefined: not looked up yet. */
export interface FoundReferences {
	get: (key: ReferenceKey) => LookedUpReference | undefined;
}
