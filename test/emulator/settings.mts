import { demoAccount, demoClient } from './accounts.mts';
import type { Account, Client } from './accounts.mts';
import type { CustomField } from './customFields.mts';
import type { MasterData } from './jdy/masterData/seeding.mts';
import type { ArrayQueries } from './jdy/query.mts';
import type { Required, Strictness } from './jdy/schema.mts';
import type { Fields } from './calls.mts';
import { openQuestions } from './openQuestions.mts';
import type { OpenQuestions } from './openQuestions.mts';

export { demoAccount, demoClient } from './accounts.mts';
export type { Account, Client } from './accounts.mts';

/**
 * Where the answer of `cust/list` keeps rows and total: `rows` is `{rows, count}` nested twice, `list` `{list, total}`
 * nested twice, `bareTwice` and `bareOnce` the list itself, `rowsOnce` `{rows, count}` nested once, `countAsText` and
 * `noTotal` as `rows` with another total.
 */
export type ListShape = 'rows' | 'list' | 'bareTwice' | 'bareOnce' | 'rowsOnce' | 'countAsText' | 'noTotal';

/** How `cust/operate` confirms IDs; `null` confirms nothing. */
export type OperateShape = 'null' | 'ids' | 'idsOnce' | 'idNumberMap' | 'successIds' | 'rows' | 'list';

/** What an emulated gateway can be told. Times are milliseconds. */
export interface Settings extends OpenQuestions {
	clients: Client[];
	accounts: Account[];
	/** The emulator's own clock; tests move it. */
	now: () => number;
	timestampToleranceMs: number;
	/** Whether a nonce that was used is refused. Where it is not, the same bytes make a second document. */
	nonceOnce: boolean;
	tokenLifeMs: number;
	appSecretLifeMs: number;
	/** Per client id and app key. */
	tokenCallsPerMinute: number;
	/** How long a minute of token calls takes, in ms. */
	tokenMinuteMs: number;
	/** Per account, every endpoint counted. */
	callsPerMinute: number;
	/** Per account and API. */
	callsPerSecond: number;
	/** `push_app_authorize` in practice and in the documentation. */
	authorizeEnvelope: 'code' | 'errcode';
	/** The token call's `data` as an object or as a list of one. */
	tokenData: 'object' | 'list';
	/** How the token call tells the life of its token; `absolute` is the epoch ms of its end. */
	tokenExpires: 'seconds' | 'milliseconds' | 'absolute' | 'missing' | 'absurd';
	/** Whether the token call tells the router domain. */
	tokenDomain: boolean;
	/** Whether a call without the header for the router domain is served [R], and a domain with `http` or a slash at its end [C]. */
	routerHeader: 'optional' | 'required';
	/** Whether an app gets its own accounts where it names no Instance ID [R]. */
	ownAccounts: boolean;
	/** What a wrong router domain meets: 404, 502, or one of the codes 5001, 5003 [R] and 3000002000 [R]. */
	wrongRouter: 'noRoute' | 'badGateway' | 'apiNotFound' | 'apiUnavailable' | 'serviceFailed';
	/** How a call over the limit is refused. */
	rateLimit: 'status' | 'errcode';
	/** Whether a save answers with the document or with null, as the documentation's example does. */
	saveAnswers: 'document' | 'null';
	/** Whether IDs are told as text, as numbers of 19 digits, or not at all. */
	documentIds: 'text' | 'number' | 'none';
	/** Whether `cust/save` with the ID of a document changes it, or makes another. */
	saveWithId: 'updates' | 'new';
	/** How long the gateway takes for an answer. */
	serviceMs: number;
	/** The document types that exist; undefined: every well-formed one. */
	bizTypes: string[] | undefined;
	listShape: ListShape;
	/** Whether the keys in `data` of `cust/list` choose the rows that have these values. */
	listFilters: 'ignored' | 'equality';
	/** Which documents stand on the first page. */
	listOrder: 'oldest' | 'newest';
	/** Called before a page is made: the books may change between two pages. */
	onListPage: (page: { accountId: string; bizType: string; page: number }) => void;
	/** What in `data` may name the document of `cust/detail`: `id`, or a field of the document. */
	detailKeys: string[];
	operateShape: OperateShape;
	/** Refuses single documents of `cust/operate` and `common_operate` with an errcode. */
	operateRefuses: (document: { id: string; data: Fields }, operation: string) => number | undefined;
	/** Whether `cust/operate` does what it can and leaves the rest, or nothing where one document is refused. */
	operatePartially: boolean;
	/** By entity number or document type. */
	customFields: Record<string, CustomField[] | 'refused'>;
	/** What every other type answers. */
	customFieldsElsewhere: 'empty' | 'refused';
	/** What the standard API holds at the start: nothing, a small firm, a firm whose master data is easily mistaken, or such rows of every kind. */
	seed: 'none' | 'firm' | 'traps' | 'everyKind';
	/** Fills every list and report up to so many rows; undefined: 3 rows where nobody can save, none elsewhere. */
	rowsEverywhere: number | undefined;
	/** Modules that the edition lacks, by the part of the path, e.g. `pm`. */
	missingModules: string[];
	/** Who refuses a call of such a module: the gateway with HTTP 519 [R], or the service with 1040003000. */
	missingModuleRefusal: 'gateway' | 'service';
	/** Which encoding of a list in a query is understood. */
	arrayQueries: ArrayQueries;
	/**
	 * What becomes of a value of another type than the page says. `protobuf`: a number is refused where a text is declared, a
	 * text passes where a number is [R]. `strict`: everything else is refused. `loose`: both pass.
	 */
	fieldTypes: Strictness;
	/** Whether all that the page calls required has to be there, or a number is as good as an ID [R]. */
	requiredFields: Required;
	/** Whether a number that a new record brings may not be in the books yet [R]. */
	numberOnce: boolean;
	/** Whether products, customers and warehouses have names of their own [R]. */
	nameOnce: boolean;
	/** Whether IDs and numbers must name something that the account has. */
	referencesExist: boolean;
	/** Whether a link to a source is checked once its type comes with it [R]. */
	sourcesExist: boolean;
	/** Which lists leave out what is disabled unless `enable` says otherwise: those of products [D], all of master data [R]. */
	disabledRows: 'hiddenEverywhere' | 'hiddenForProducts';
	/**
	 * Which details take a number in place of an ID: all; those whose page does not call the ID required, which leaves out that
	 * of customers [?]; or none.
	 */
	detailByNumber: 'all' | 'documentedOnly' | 'none';
	/** Whether `number` and `name` of lists of master data, which are not said to be exact, find what contains them, too. */
	masterDataFilters: 'fuzzy' | 'exact';
	/** What every account has of master data at the start, beside its seed. */
	masterData: MasterData[];
	/** What becomes of fields that an update of a standard document leaves out [?]. */
	updatesLeave: 'kept' | 'cleared';
	/** How many documents an account may have; a sandbox 100 [R]. */
	maxDocuments: number;
	/** Whether the reports that real accounts cut are cut, and refuse what those refuse [R]. */
	reportLimits: boolean;
	/** Which documents a list does not show, nor count, by their IDs: real ones miss a document now and then [R]. */
	leavesOut: (id: string) => boolean;
	/** What goes wrong with a page of a list: real ones repeat a row now and then, leave one out, or ignore what was to be filtered [R]. */
	listSlip: (page: { path: string; page: number }) => 'repeats' | 'omits' | 'unfiltered' | undefined;
	/** What meets a second save with a field that JDY takes once only. */
	onceRepeats: 'refused' | 'answered';
	/** Where `index` of a batch begins. */
	batchIndexFrom: 0 | 1;
	/** Refuses single documents of saves and actions with a message. */
	refusesRow: (data: Fields, path: string) => string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** As real accounts have been seen to behave, [R] in docs/protocol.md. */
export const defaults: Settings = {
	...openQuestions,
	clients: [demoClient],
	accounts: [demoAccount],
	now: () => Date.now(),
	timestampToleranceMs: 5 * 60 * 1000,
	nonceOnce: false,
	tokenLifeMs: DAY_MS,
	appSecretLifeMs: DAY_MS,
	tokenCallsPerMinute: 2,
	tokenMinuteMs: 60_000,
	callsPerMinute: 500,
	callsPerSecond: 400,
	authorizeEnvelope: 'code',
	tokenData: 'object',
	tokenExpires: 'milliseconds',
	tokenDomain: true,
	routerHeader: 'optional',
	ownAccounts: true,
	wrongRouter: 'noRoute',
	rateLimit: 'status',
	saveAnswers: 'document',
	documentIds: 'text',
	saveWithId: 'new',
	serviceMs: 0,
	bizTypes: undefined,
	listShape: 'rows',
	listFilters: 'ignored',
	listOrder: 'oldest',
	onListPage: () => undefined,
	detailKeys: ['id', 'number'],
	operateShape: 'null',
	operateRefuses: () => undefined,
	operatePartially: false,
	customFields: {},
	customFieldsElsewhere: 'empty',
	seed: 'none',
	rowsEverywhere: undefined,
	missingModules: [],
	missingModuleRefusal: 'gateway',
	arrayQueries: 'both',
	fieldTypes: 'protobuf',
	requiredFields: 'real',
	numberOnce: true,
	nameOnce: true,
	referencesExist: true,
	sourcesExist: true,
	disabledRows: 'hiddenEverywhere',
	detailByNumber: 'all',
	masterDataFilters: 'fuzzy',
	masterData: [],
	updatesLeave: 'kept',
	maxDocuments: Infinity,
	reportLimits: true,
	leavesOut: () => false,
	listSlip: () => undefined,
	onceRepeats: 'refused',
	batchIndexFrom: 1,
	refusesRow: () => undefined,
};

/** As the documentation reads, where real accounts do otherwise. */
export const strict: Partial<Settings> = {
	nonceOnce: true,
	callsPerSecond: 100,
	routerHeader: 'required',
	ownAccounts: false,
	missingModuleRefusal: 'service',
	fieldTypes: 'strict',
	requiredFields: 'documented',
	numberOnce: false,
	nameOnce: false,
	sourcesExist: false,
	disabledRows: 'hiddenForProducts',
	reportLimits: false,
};
