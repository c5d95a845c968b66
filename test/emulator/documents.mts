import { businessError, success } from './answers.mts';
import type { Reply } from './answers.mts';
import { isFields, plain, readExactly } from './calls.mts';
import type { Fields, Kept, Served } from './calls.mts';
import { demoFault } from './demoTypes.mts';
import { Late } from './late.mts';
import type { Account, Settings } from './settings.mts';

/** A saved document; numbers in `data` keep their digits. */
export interface Document {
	id: string;
	accountId: string;
	bizType: string;
	data: Fields;
	isAudited: boolean;
}

const FIRST_ID = 1_700_000_000_000_000_001n;

/** The custom documents of all accounts, in the order in which they came to the books. */
export class DocumentStore {
	readonly #settings: Settings;
	readonly all: Document[] = [];
	readonly late = new Late();
	#saves = 0n;

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	save(account: Account, body: unknown, kept: Kept = 'now'): Served {
		const problem = this.#problemWith(body);
		if (problem) return { reply: problem };
		const { biz_type, data } = body as { biz_type: string; data: Fields };
		const known = this.#settings.saveWithId === 'updates' && data.id !== undefined ? this.of(account, biz_type).find(({ id }) => id === plain(data.id)) : undefined;
		const saved: Document = known ?? {
			id: String(FIRST_ID + this.#saves++),
			accountId: account.accountId,
			bizType: biz_type,
			data,
			isAudited: false,
		};
		const inner = this.#settings.saveAnswers === 'document' ? { ...data, ...this.#told(saved.id) } : null;
		const reply = success({ data: inner });
		const fault = demoFault(biz_type);
		const isKept = kept !== 'never' && (fault?.saves ?? true);
		if (isKept) this.change(kept, () => (known ? void Object.assign(known.data, data) : void this.all.push(saved)));
		return { reply, ...(isKept && { saved }), ...(fault && { fault }) };
	}

	/** Does something to the books, now, later or never. */
	change(kept: Kept, act: () => void): void {
		if (kept === 'now') act();
		else if (kept !== 'never') this.late.run(kept.afterMs, act);
	}

	of(account: Account, bizType: string): Document[] {
		return this.all.filter((document) => document.accountId === account.accountId && document.bizType === bizType);
	}

	/** A document as lists and details show it. */
	shown({ id, data, isAudited }: Document): Fields {
		return { ...data, ...this.#told(id), check: isAudited };
	}

	#told(id: string): Fields {
		const { documentIds } = this.#settings;
		return documentIds === 'none' ? {} : { id: documentIds === 'text' ? id : readExactly(id) };
	}

	#problemWith(body: unknown): Reply | undefined {
		if (!isFields(body)) return businessError(1030002001, '请求体类型错误');
		for (const key of Object.keys(body)) if (key !== 'biz_type' && key !== 'data') return businessError(1030002001, `未知字段${key}`);
		const { biz_type, data } = body;
		if (biz_type === undefined || biz_type === null) return businessError(1030002000, '字段biz_type缺失');
		if (typeof biz_type !== 'string' || !/^\w+$/.test(biz_type)) return businessError(1030002006, '字段biz_type格式错误');
		const { bizTypes } = this.#settings;
		if (bizTypes && !bizTypes.includes(biz_type) && !demoFault(biz_type)) return businessError(1030002003, '自定义单据类型不存在');
		if (data === undefined || data === null) return businessError(1030002000, '字段data缺失');
		return isFields(data) ? undefined : businessError(1030002001, '字段data类型错误');
	}
}
