import type { Fault } from './faults.mts';
import { answerWith, html, isGatewayCode, lost, refuse, silence } from './replies.mts';

/** A document type whose saves end in a way that otherwise takes an accident. */
interface DemoType {
	bizType: string;
	shows: string;
	fault: Fault;
}

/** Saves of these types end so every time, in every account, after the usual checks of the headers. */
const demoTypes: DemoType[] = [
	{ bizType: 'ts_demo_refused', shows: 'refused with 1030002006, a field has a bad format', fault: refuse(1030002006, '字段bill_date格式错误') },
	{ bizType: 'ts_demo_missing', shows: 'refused with 1030002000, a field is missing', fault: refuse(1030002000, '字段customer_id缺失') },
	{ bizType: 'ts_demo_business', shows: 'refused with 2016013001, a business rule', fault: refuse(2016013001, '单据日期不在当前会计期间') },
	{ bizType: 'ts_demo_setting', shows: 'refused with 1040002000, the account lacks a setting', fault: refuse(1040002000, '配置缺失') },
	{ bizType: 'ts_demo_busy', shows: 'refused with 5007, the gateway is overloaded', fault: refuse(5007, 'overload[GW]') },
	{ bizType: 'ts_demo_429', shows: 'refused with HTTP 429, too many calls', fault: answerWith(429, { errcode: 429, description: 'Too Many Requests' }, { headers: { 'Retry-After': '1' } }) },
	{ bizType: 'ts_demo_timeout', shows: 'saved, but no answer comes', fault: silence() },
	{ bizType: 'ts_demo_lost', shows: 'saved, but the connection closes', fault: lost() },
	{ bizType: 'ts_demo_5000', shows: 'saved, but the answer is 5000, an internal failure', fault: answerWith(519, { errcode: 5000, description: 'internal error[GW]', description_cn: '内部错误[网关]' }, { saves: true }) },
	{ bizType: 'ts_demo_html', shows: 'not saved; HTTP 502 with HTML', fault: html(502) },
	{ bizType: 'ts_demo_system', shows: 'not saved; 2000002000, a system error', fault: refuse(2000002000, '系统异常，traceId：demo0001') },
];

const byType = new Map(demoTypes.map((type) => [type.bizType, type.fault]));
const ANY_CODE = /^ts_demo_code_([1-9]\d{0,14})$/;

/** What becomes of a save of this type; undefined: it is no demo type. */
export function demoFault(bizType: string): Fault | undefined {
	if (!bizType.startsWith('ts_demo_')) return undefined;
	const code = ANY_CODE.exec(bizType)?.[1];
	if (code === undefined) return byType.get(bizType);
	return refuse(Number(code), `code ${code}${isGatewayCode(Number(code)) ? '[GW]' : ''}`);
}

/** The table as it is printed. */
export function demoTypeLines(): string[] {
	const rows = [...demoTypes.map(({ bizType, shows }) => [bizType, shows]), ['ts_demo_code_NNNN', 'refused with errcode NNNN, whichever it is']];
	return rows.map(([bizType = '', shows = '']) => `  ${bizType.padEnd(18)} ${shows}`);
}
