import { answerWith, drip, forbidden, half, html, lost, overloaded, refuse, silence, tooMany } from '../../emulator/replies.mts';
import { onPaths } from '../../emulator/pathFaults.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import type { Verdict } from '../probe.mts';
import type { Case } from './emulated.mts';

/** Lines that come out otherwise than with the ordinary settings; `seen`: with the same verdict, but something else was seen. */
export type Changes = Record<string, Verdict | 'seen'>;

export interface Deviation extends Case {
	name: string;
	changes: Changes;
	/** Whether lines that wait for one of these are open as well. @default false */
	stops?: boolean;
}

/** What the ordinary settings do not confirm. */
export const ORDINARY: Record<string, Verdict> = { tls: 'open', custFilter: 'contradicted' };

function set(settings: Partial<Settings>, changes: Changes, stops = false): Deviation {
	return { name: JSON.stringify(settings), settings, changes, stops };
}

/** One setting each, and the lines that show it. */
export const SETTINGS: Deviation[] = [
	set({ ownAccounts: false }, { withoutInstance: 'contradicted' }),
	set({ authorizeEnvelope: 'errcode' }, { accountsEnvelope: 'contradicted', signature: 'seen', withoutInstance: 'seen' }),
	set({ tokenData: 'list' }, { tokenData: 'contradicted' }),
	set({ tokenExpires: 'seconds' }, { tokenLife: 'contradicted' }),
	set({ tokenExpires: 'absolute' }, { tokenLife: 'contradicted' }),
	set({ tokenExpires: 'missing' }, { tokenLife: 'contradicted' }),
	set({ tokenExpires: 'absurd' }, { tokenLife: 'contradicted' }),
	set({ tokenDomain: false }, { tokenDomain: 'contradicted' }),
	set({ newTokenEnds: 'older' }, { olderToken: 'contradicted' }),
	set({ routerHeader: 'required' }, { routerHeader: 'contradicted' }),
	set({ wrongRouter: 'badGateway' }, { wrongRouter: 'seen' }),
	set({ wrongRouter: 'apiNotFound' }, { wrongRouter: 'seen' }),
	set({ wrongRouter: 'apiUnavailable' }, { wrongRouter: 'seen' }),
	set({ wrongRouter: 'serviceFailed' }, { wrongRouter: 'seen' }),
	set({ nonceOnce: true }, { nonceTwice: 'contradicted' }),
	set({ missingModules: ['pm'] }, { 'module.pm': 'contradicted' }),
	set({ missingModules: ['pm'], missingModuleRefusal: 'service' }, { 'module.pm': 'contradicted' }),
	set({ largestPage: 500 }, { pageSize: 'contradicted', custPage: 'contradicted' }),
	set({ largerPages: 'refused' }, { pageSize: 'contradicted', totalPage: 'open', custPage: 'contradicted' }),
	set({ totalPage: 'cut' }, { totalPage: 'contradicted' }),
	set({ listCounts: 'page' }, { count: 'contradicted' }),
	set({ listSlip: ({ path, page }) => (path.endsWith('sal_order') && page === 2 ? 'repeats' : undefined) }, { repeatedRows: 'contradicted' }),
	set({ listSlip: ({ path, page }) => (path.endsWith('sal_order') && page === 2 ? 'omits' : undefined) }, { repeatedRows: 'seen', count: 'contradicted' }),
	set({ arrayQueries: 'json' }, { arrays: 'seen' }),
	set({ arrayQueries: 'repeat' }, { arrays: 'contradicted' }),
	set({ unknownFilters: 'refused' }, { unknownFilter: 'contradicted' }),
	set({ billNoFilter: 'contains' }, { billNo: 'contradicted' }),
	set({ searches: 'numbersToo' }, { search: 'contradicted' }),
	set({ timeUnit: 'seconds' }, { timeUnit: 'contradicted' }),
	set({ timeEnds: 'excluded' }, { timeEnds: 'contradicted' }),
	set({ missingParameters: 'errcode' }, { missingParameter: 'contradicted', 'module.sal': 'seen', 'module.fp': 'seen', 'module.ebx': 'seen' }),
	set({ fieldTypes: 'strict' }, { typeError: 'contradicted' }),
	set({ fieldTypes: 'loose' }, { typeError: 'contradicted' }),
	set({ disabledRows: 'hiddenForProducts' }, { disabledCustomers: 'contradicted' }),
	set({ disabledDetails: 'refused' }, { disabledDetail: 'contradicted' }),
	set({ detailByNumber: 'documentedOnly' }, { customerByNumber: 'contradicted' }),
	set({ detailByNumber: 'none' }, { customerByNumber: 'contradicted', productByNumber: 'contradicted' }),
	set({ numberlessRows: 'numbered' }, { numberless: 'contradicted' }),
	set({ masterDataFilters: 'exact' }, { looseNumbers: 'contradicted', looseNames: 'contradicted' }),
	set({ customFields: { sal_bill_order: 'refused' } }, { customFields: 'contradicted', customFieldsOfType: 'seen' }),
	set({ customFields: {}, customFieldsElsewhere: 'refused' }, { customFields: 'contradicted', customFieldsOfType: 'contradicted' }),
	set({ listShape: 'list' }, { custList: 'contradicted' }),
	set({ listShape: 'bareTwice' }, { custList: 'contradicted' }),
	set({ listShape: 'bareOnce' }, { custList: 'contradicted' }),
	set({ listShape: 'rowsOnce' }, { custList: 'contradicted' }),
	set({ listShape: 'countAsText' }, { custList: 'contradicted' }),
	set({ listShape: 'noTotal' }, { custList: 'contradicted' }),
	set({ listFilters: 'equality' }, { custFilter: 'confirmed' }),
	set({ listOrder: 'newest' }, { custOrder: 'contradicted' }),
	set({ detailKeys: ['number'] }, { custDetail: 'contradicted', custRead: 'contradicted' }),
	set({ documentIds: 'number' }, { custIds: 'contradicted' }),
	set({ documentIds: 'none' }, { custIds: 'contradicted', custOrder: 'open', custDetail: 'open', saveAnswers: 'contradicted' }, true),
	set({ saveAnswers: 'null' }, { saveAnswers: 'contradicted' }, true),
	set({ operateShape: 'null' }, { operateAnswers: 'contradicted' }),
	set({ compresses: true }, { compression: 'contradicted' }),
	set({ keepsConnections: false }, { keepAlive: 'contradicted' }),
];

/** As the documentation reads. */
export const STRICT: Changes = { withoutInstance: 'contradicted', routerHeader: 'contradicted', nonceTwice: 'contradicted', typeError: 'contradicted', disabledCustomers: 'contradicted' };

const on = (name: string, faults: Parameters<typeof onPaths>[0], changes: Changes, more: Partial<Deviation> = {}): Deviation => ({ name, prepare: (emulator) => (emulator.chooseFault = onPaths(faults)), changes, stops: true, ...more });

const AUTHORIZE = '/jdyconnector/app_management/push_app_authorize';
const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';
const MODULES = Object.fromEntries(['bd', 'scm', 'arap', 'fi', 'pm', 'ls', 'inv', 'sal', 'fp', 'ebx', 'sys'].map((module) => [`module.${module}`, 'contradicted' as const]));
const DAY_MS = 24 * 60 * 60 * 1000;

/** One fault each: what depends on it is open, the rest goes on. */
export const FAULTS: Deviation[] = [
	{ name: 'no gateway there', credential: { gatewayUrl: 'http://127.0.0.1:9' }, changes: { network: 'contradicted' }, stops: true },
	{ name: 'a clock ten minutes off', options: { now: () => Date.now() - 600_000 }, changes: { clock: 'contradicted' } },
	{ name: 'a wrong client secret', credential: { clientSecret: 'another-secret' }, changes: { signature: 'contradicted' }, stops: true },
	{ name: 'a wrong client ID', credential: { clientId: '1' }, changes: { signature: 'contradicted' }, stops: true },
	{ name: 'a wrong Instance ID', credential: { instanceId: '1' }, changes: { ofInstance: 'contradicted', account: 'contradicted' }, stops: true },
	{ name: 'another Account ID', credential: { accountId: '1' }, changes: { account: 'contradicted' }, stops: true },
	{ name: 'no Instance ID, two accounts', credential: { instanceId: '' }, changes: { ofInstance: 'open', account: 'contradicted' }, stops: true },
	{ name: 'no Instance ID, one account named', credential: { instanceId: '', accountId: demoAccount.accountId }, changes: { ofInstance: 'open' } },
	{ name: 'App Key', credential: (emulator) => ({ authentication: 'appKey', appSecret: emulator.gateway.tokens.appSecret(demoAccount) }), changes: { ofInstance: 'open', account: 'seen' } },
	{ name: 'App Key with a stale secret', credential: { authentication: 'appKey', appSecret: 'of-yesterday' }, changes: { ofInstance: 'open', account: 'seen', token: 'contradicted' }, stops: true },
	{ name: 'App Token', credential: (emulator) => ({ authentication: 'appToken', appToken: emulator.gateway.tokens.issue(demoAccount) }), changes: { ofInstance: 'open', account: 'seen', token: 'seen', tokenData: 'open', tokenLife: 'open', tokenDomain: 'open', olderToken: 'open' } },
	{ name: 'an App Token that has ended', settings: { tokenLifeMs: -DAY_MS }, credential: (emulator) => ({ authentication: 'appToken', appToken: emulator.gateway.tokens.issue(demoAccount) }), changes: { ofInstance: 'open', account: 'seen', token: 'seen', tokenData: 'open', tokenLife: 'open', tokenDomain: 'open', router: 'contradicted', olderToken: 'open' }, stops: true },
	{ name: 'an app without permissions', prepare: ({ gateway }) => (gateway.settings.clients = gateway.settings.clients.map((client) => ({ ...client, permissions: ['/jdy/v2/cust/'] }))), changes: { router: 'open', readable: 'contradicted', ...MODULES, customFields: 'contradicted', customFieldsOfType: 'contradicted' }, stops: true },
	{ name: 'no custom type', options: { customType: '' }, changes: { customFieldsOfType: 'open', custList: 'open' }, stops: true },
	{ name: 'an unknown custom type', settings: { bizTypes: ['ts_1'] }, options: { customType: 'ts_2' }, changes: { custList: 'seen', customFieldsOfType: 'seen', custIds: 'open', custOrder: 'open', custFilter: 'open', custDetail: 'open', custPage: 'open', custSave: 'contradicted' }, stops: true },
	{ name: 'writing is not wanted', agrees: false, changes: { custSave: 'open', customerSave: 'open' }, stops: true },
	{ name: 'an account without anything', settings: { seed: 'none' }, changes: { pageSize: 'open', arrays: 'open', unknownFilter: 'open', billNo: 'open', search: 'open', timeUnit: 'open', disabledCustomers: 'open', disabledProducts: 'open', disabledDetail: 'open', productByNumber: 'open', customerByNumber: 'open', numberless: 'open', looseNumbers: 'seen', looseNames: 'seen' }, stops: true },
	on('a page of HTML in place of the accounts', { [AUTHORIZE]: html(502) }, { signature: 'open' }),
	on('too many token calls', { [TOKEN]: [undefined, tooMany('1')] }, { token: 'open' }),
	on('the account has moved', { 'bd/customer': html(502), 'scm/sal_order': html(502), 'fi/voucher': html(502) }, { router: 'contradicted' }),
	on('no permission for orders', { 'GET scm/sal_order': forbidden() }, { 'module.scm': 'contradicted', pageSize: 'open', totalPage: 'open', repeatedRows: 'seen', count: 'seen' }),
	on('no answer of production', { 'pm/mo_taskbill': silence() }, { 'module.pm': 'open', answerTime: 'contradicted' }, { options: { timeoutMs: 2500 } }),
	on('a connection that breaks', { 'inv/inv_inventory_ims': lost() }, { 'module.inv': 'open' }),
	on('half an answer', { 'inv/inv_inventory_ims': half() }, { 'module.inv': 'open' }),
	on('an answer byte by byte', { 'ebx/reimb_detail': drip(1) }, {}),
	on('a refusal that is not documented', { 'inv/inv_inventory_ims': refuse(2018013001) }, { 'module.inv': 'seen' }),
	on('rows that are none', { 'GET bd/aux_info': answerWith(200, { errcode: 0, data: { rows: 'none', count: {} } }) }, { looseNumbers: 'seen', looseNames: 'seen' }),
	on('a list that fails once', { 'GET bd/material': [undefined, html(502)] }, {}),
	on('too many calls once', { 'sys/custom_mult_field': [tooMany('1')] }, {}),
	on('a gateway that stays overloaded', { 'fi/assistdetail_report': overloaded('1') }, { typeError: 'open' }),
	on('a text in place of data', { 'cust/list': answerWith(200, { errcode: 0, data: 'nothing' }) }, { custList: 'contradicted', custIds: 'open', custOrder: 'open', custFilter: 'open', custDetail: 'open', custPage: 'open' }, { stops: false }),
	on('a save whose answer is lost', { 'cust/save': lost() }, { custSave: 'open' }),
	on('a delete that is refused', { 'cust/operate': [undefined, undefined, refuse(1030002004)] }, { custDelete: 'contradicted' }),
];

