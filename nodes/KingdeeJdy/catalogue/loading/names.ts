import type { Kind, WrittenCall, WrittenType } from '../types';

/** What the names of the calls of a type end with. */
const ENDINGS: Partial<Record<Kind, { name: string; nameZh: string }>> = {
	list: { name: 'List', nameZh: '列表' },
	detail: { name: 'Detail', nameZh: '详情' },
	save: { name: 'Save', nameZh: '保存' },
};

/** The names of a call: its own, or those of its type and kind (`Sales Order: List`, `销售订单列表`). */
export function callName(call: WrittenCall, type: WrittenType | undefined): { name: string; nameZh: string } {
	const ending = ENDINGS[call.kind];
	return {
		name: call.name ?? `${type?.name}: ${ending?.name}`,
		nameZh: call.nameZh ?? `${type?.nameZh}${ending?.nameZh}`,
	};
}
