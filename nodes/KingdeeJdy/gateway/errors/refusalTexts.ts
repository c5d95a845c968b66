/** The number is taken [R]: by something else, or by the very same. */
export const NUMBER_TAKEN = /组合值与其他表单重复/;

/**
 * Words in which JDY refuses what was sent, whatever the code beside them [R]: the reader of JSON, which comes before
 * everything else, a field that is empty, something that does not exist, a number that is taken.
 */
const REFUSALS = [/\bproto:\s/, /不能为空/, /参数\s*\w+\s*\[[^\]]*\]\s*不存在/, NUMBER_TAKEN];

/** Whether a text of JDY's says that it checked what was sent and did not take it. */
export function saysRefused(message: string): boolean {
	return REFUSALS.some((pattern) => pattern.test(message));
}
