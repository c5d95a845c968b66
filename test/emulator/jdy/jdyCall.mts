import { businessError, json } from '../answers.mts';
import type { Reply } from '../answers.mts';
import type { Call } from '../calls.mts';
import type { JdyCall } from './catalogue.mts';
import type { Problem } from './schema.mts';

/** A call of the standard API that arrived, with what is documented of it. */
export interface Asked extends Call {
	jdy: JdyCall;
	/** Values of the field that JDY takes once, as far as this very call has brought them. */
	taken: Set<string>;
}

export function refusalOf({ errcode, name, text }: Problem): Reply {
	if (errcode === 400) return json(400, { errcode, description: text });
	if (text !== undefined) return businessError(errcode, text);
	return businessError(errcode, errcode === 1030002000 ? `字段${name}缺失` : `字段${name}类型错误`);
}

export const notFound = (): Reply => businessError(1030002003, '单据或资料不存在');
