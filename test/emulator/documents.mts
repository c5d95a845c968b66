import { businessError, success } from './answers.mts';
import type { Reply } from './answers.mts';
import type { Account, Settings } from './settings.mts';

/** A saved document; numbers in `data` keep their digits. */
export interface Document {
	id: string;
	accountId: string;
	bizType: string;
	data: Record<string, unknown>;
	isAudited: boolean;
}

const FIRST_ID = 1_700_000_000_000_000_001n;

type Body = Record<string, unknown>;

/** Reads JSON so that writing it again gives the same numbers. */
export function readExactly(text: string): unknown {
	const rawJson = (JSON as unknown as { rawJSON: (source: string) => unknown }).rawJSON;
	const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
	return parse(text, (_key, value, context) => (typeof value === 'number' && context.source !== undefined ? rawJson(context.source) : value));
}

function isObject(value: unknown): value is Body {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The documents of all accounts, in the order in which they were saved. */
export class DocumentStore {
	readonly #settings: Settings;
	readonly all: Document[] = [];
	#saves = 0n;

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	/** @param isKept false: everything is checked and answered, but nothing is saved */
	save(account: Account, body: unknown, isKept = true): { reply: Reply; saved?: Document } {
		const problem = this.#problemWith(body);
		if (problem) return { reply: problem };
		const { biz_type, data } = body as { biz_type: string; data: Body };
		const saved: Document = {
			id: String(FIRST_ID + this.#saves++),
			accountId: account.accountId,
			bizType: biz_type,
			data,
			isAudited: false,
		};
		const inner = this.#settings.saveAnswers === 'document' ? { ...data, id: saved.id } : null;
		const reply = success({ data: inner });
		if (!isKept) return { reply };
		this.all.push(saved);
		return { reply, saved };
	}

	list(account: Account, body: unknown): Reply {
		if (!isObject(body) || typeof body.biz_type !== 'string') return businessError(1030002000, '字段biz_type缺失');
		if (!isObject(body.data)) return businessError(1030002000, '字段data缺失');
		const [page, size] = [body.page_no, body.page_size].map((text) => (typeof text === 'string' && /^[1-9]\d*$/.test(text) ? Number(text) : undefined));
		if (page === undefined || size === undefined) return businessError(1030002001, '字段page_no、page_size类型错误');
		const rows = this.#of(account).filter((document) => document.bizType === body.biz_type);
		return success({ count: rows.length, page, page_size: size, rows: rows.slice((page - 1) * size, page * size).map(shown) });
	}

	detail(account: Account, body: unknown): Reply {
		if (!isObject(body) || typeof body.biz_type !== 'string' || !isObject(body.data)) return businessError(1030002000, '字段biz_type、data缺失');
		const { biz_type, data } = body as { biz_type: string; data: Body };
		const found = this.#of(account).find((document) => document.bizType === biz_type && document.id === data.id);
		return found ? success({ data: shown(found) }) : businessError(1030002003, '单据不存在');
	}

	operate(account: Account, body: unknown): Reply {
		if (!isObject(body) || !Array.isArray(body.id) || typeof body.entity_number !== 'string') return businessError(1030002000, '字段entity_number、id缺失');
		const chosen = this.#of(account).filter((document) => (body.id as unknown[]).includes(document.id));
		if (chosen.length !== body.id.length) return businessError(1030002003, '单据不存在');
		if (body.operate_type === 'delete') {
			for (const document of chosen) this.all.splice(this.all.indexOf(document), 1);
		} else if (body.operate_type === 'audit' || body.operate_type === 'unaudit') {
			for (const document of chosen) document.isAudited = body.operate_type === 'audit';
		} else {
			return businessError(1030002001, '字段operate_type错误');
		}
		return success({ data: null });
	}

	#of(account: Account): Document[] {
		return this.all.filter((document) => document.accountId === account.accountId);
	}

	#problemWith(body: unknown): Reply | undefined {
		if (!isObject(body)) return businessError(1030002001, '请求体类型错误');
		for (const key of Object.keys(body)) if (key !== 'biz_type' && key !== 'data') return businessError(1030002001, `未知字段${key}`);
		if (body.biz_type === undefined || body.biz_type === null) return businessError(1030002000, '字段biz_type缺失');
		if (typeof body.biz_type !== 'string' || !/^\w+$/.test(body.biz_type)) return businessError(1030002006, '字段biz_type格式错误');
		if (this.#settings.bizTypes && !this.#settings.bizTypes.includes(body.biz_type)) return businessError(1030002003, '自定义单据类型不存在');
		return isObject(body.data) ? undefined : businessError(1030002001, '字段data类型错误');
	}
}

function shown({ id, data, isAudited }: Document): Body {
	return { ...data, id, check: isAudited };
}
