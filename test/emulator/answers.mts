import type { OpenQuestions } from './openQuestions.mts';

/** One answer of the gateway, before it is written to a socket. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

export function json(status: number, body: unknown): Reply {
	return { status, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: JSON.stringify(body) };
}

/** A refusal by the gateway itself: HTTP 519. */
export function refusal(errcode: number, english: string, chinese: string): Reply {
	return json(519, { errcode, description: `${english}[GW]`, description_cn: `${chinese}[网关]` });
}

export function success(data: unknown): Reply {
	return json(200, { errcode: 0, description: 'success', data });
}

/** A refusal by the business service: HTTP 200. */
export function businessError(errcode: number, description: string): Reply {
	return json(200, { errcode, description, data: null });
}

/** A parameter of the query that is not there: HTTP 400 [1] unless told otherwise. */
export function badRequest(name: string, { missingParameters }: Pick<OpenQuestions, 'missingParameters'>): Reply {
	if (missingParameters === 'errcode') return businessError(1030002000, `字段${name}缺失`);
	return json(400, { errcode: 400, description: `Required parameter '${name}' is not present` });
}

/** The gateway's own codes and the words it uses for them. */
export const GATEWAY = {
	authVersion: () => refusal(4001, 'auth version is illegal', '鉴权版本不合法'),
	clientMissing: () => refusal(4002, 'client id is empty', 'clientId为空'),
	clientUnknown: () => refusal(4003, 'client id does not exist', 'clientId不存在'),
	timestamp: () => refusal(4006, 'timestamp is expired or illegal', '时间戳过期或不合法'),
	signHeaders: () => refusal(4007, 'sign headers are illegal', '签名头不合法'),
	signature: () => refusal(4008, 'signature is illegal', '签名不合法'),
	tokenMissing: () => refusal(4009, 'token is empty', 'token为空'),
	tokenInvalid: () => refusal(4010, 'token is invalid', 'token无效'),
	tokenExpired: () => refusal(4011, 'token is expired', 'token已过期'),
	permission: () => refusal(4012, 'no permission to call this api', '应用没有权限调用该接口'),
	apiNotFound: () => refusal(5001, 'api not found', '接口不存在'),
	apiUnavailable: () => refusal(5003, 'api is unavailable', '接口不可用'),
	methodNotAllowed: () => refusal(5002, 'method not allowed', '请求方式不允许'),
} as const;
