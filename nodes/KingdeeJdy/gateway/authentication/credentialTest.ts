import type { ICredentialTestRequest } from 'n8n-workflow';

import { OFFICIAL_GATEWAY } from '../credential/credential';
import { credentialFaults } from '../errors/advice';
import { CHECK_INSTANCE } from '../errors/kinds';
import { AUTHORIZE_PATH, TOKEN_PATH } from '../session/tokenApi';
import { TRIAL } from './trial';

/** Every way to write the official gateway that counts as its address. */
const OFFICIAL = `/^${OFFICIAL_GATEWAY.replace(/[/.]/g, '\\$&')}(:443)?\\/?$/i`;

/** The condition, within an expression, under which only a node may fetch a token: n8n's rules must hold for a host that a user typed. */
const IS_FOREIGN = `!${OFFICIAL}.test($credentials.gatewayUrl.trim())`;
const ASKS_FOR_TOKEN = `$credentials.authentication !== "appToken" && ${IS_FOREIGN}`;
const IS_APP_KEY = '$credentials.authentication === "appKey"';

/** Answers that no code distinguishes: how the calls for a token refuse, and what was not sent by JDY. */
const OTHER_FAULTS = [
	{
		key: 'description',
		value: '授权密钥校验失败，请获取最新密钥加密',
		message: 'Check App Secret in the credential: JDY renews it every 24 hours. (1030002006)',
	},
	{ key: 'description', value: 'app_key不存在', message: 'Check App Key in the credential. (1030002003)' },
	{ key: 'data.length', value: 0, message: CHECK_INSTANCE },
	{ key: 'data', value: undefined, message: 'What answered is not Kingdee JDY. Check Gateway URL in the credential.' },
];

/**
 * Lists a type that need not exist: changes nothing, and tries every part of the credential. If another gateway is named
 * and a token would have to be fetched, the call for the token itself is tried, through n8n's own helper.
 */
export const credentialTest: ICredentialTestRequest = {
	request: {
		baseURL: '={{$credentials.gatewayUrl}}',
		url: `={{ ${ASKS_FOR_TOKEN} ? (${IS_APP_KEY} ? "${TOKEN_PATH}" : "${AUTHORIZE_PATH}") : "${TRIAL.endpoint.path}" }}`,
		method: `={{ ${ASKS_FOR_TOKEN} && ${IS_APP_KEY} ? "GET" : "POST" }}` as 'POST',
		headers: { 'Content-Type': 'application/json' },
		// As text, because n8n sends an empty object as no body, and no answer of JDY to that is known for an app without an Instance ID.
		body: `={{ ${ASKS_FOR_TOKEN} ? (${IS_APP_KEY} ? {} : "{}") : ${TRIAL.body} }}`,
		ignoreHttpStatusErrors: { ignore: true, except: credentialFaults.statuses.map(({ code }) => code) },
	},
	// n8n takes both kinds of rule in one list; its type allows only one.
	rules: [
		...credentialFaults.statuses.map(({ code, message }) => ({
			type: 'responseCode' as const,
			properties: { value: code, message },
		})),
		...credentialFaults.errcodes.map(({ code, message }) => ({
			type: 'responseSuccessBody' as const,
			properties: { key: 'errcode', value: code, message },
		})),
		...OTHER_FAULTS.map((properties) => ({ type: 'responseSuccessBody' as const, properties })),
	] as NonNullable<ICredentialTestRequest['rules']>,
};
