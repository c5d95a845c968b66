/** A row as it came. */
export type Row = Record<string, unknown>;

/** What the number of a row is called, which no other of its type has [R]; beside a `number`, `bill_no` is that of another [D]. */
export const NUMBER_KEYS: readonly string[] = ['number', 'bill_no'];

/** What distinguishes rows of one type, the first that they have. */
export const ID_KEYS: readonly string[] = ['id', ...NUMBER_KEYS];

/** The rows of one page. */
export interface FoundRows {
	rows: Row[];
	/** How many rows there are in all, where that is told. */
	total: number | undefined;
	/** How many pages there are in all, where that is told. */
	pageCount?: number | undefined;
	/** Keys from `data` to the rows, so that they are looked for there on the next page. */
	path: readonly string[] | undefined;
}

/** Where the documentation of a call says that rows and total stand; what it does not say is found by its shape. */
export interface RowLocation {
	/** Keys from `data` to the rows. */
	rows?: readonly string[] | undefined;
	/** Key beside the rows, or above them, that says how many there are in all. */
	total?: string | undefined;
}
