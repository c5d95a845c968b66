import { codes, dataOf, isDone, isFields, rowsOf, textOf } from '../answer.mts';
import type { Answer, Fields } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { kindOf } from '../words.mts';

/** What a customer that this check has made is called. */
export const MARKED_NAME = 'n8n-check';

const BY_HAND = 'Whether it was done is not known: look for it in JDY, and delete it by hand. It is not sent again.';

/** What a write proves: a refusal in words of JDY is one, anything else may have been done. */
function written(answer: Answer, advice: string): Finding {
	if (isDone(answer)) return confirmed(codes(answer));
	const isRefused = [200, 400, 519].includes(answer.status) && codes(answer).code > 0;
	return isRefused ? contradicted(codes(answer), advice) : open(codes(answer), BY_HAND);
}

const post = async (context: ProbeContext, path: string, body: Fields): Promise<Answer> => await context.call(path, {}, { method: 'POST', body });

async function save(context: ProbeContext): Promise<Finding> {
	const answer = await post(context, 'cust/save', { biz_type: context.options.customType, data: context.options.writeData ?? {} });
	context.kept.set('saved', answer);
	return written(answer, 'Nothing was saved. Give the fields that this type requires as JSON in JDY_WRITE_DATA.');
}

function savedId({ kept }: ProbeContext): string {
	const data = kept.has('saved') ? dataOf(kept.get('saved') as Answer) : undefined;
	const document = isFields(data) && isFields(data.data) ? data.data : data;
	return isFields(document) ? textOf(document.id) : '';
}

function saveAnswers(context: ProbeContext): Finding {
	const data = dataOf(context.kept.get('saved') as Answer);
	const seen = { document: kindOf(isFields(data) ? data.data : data), hasId: savedId(context) !== '' };
	return whether(seen.hasId, seen, 'A save does not say the ID of its document: delete the document of this check by hand, and use Look Up Field to find your own.');
}

async function read(context: ProbeContext): Promise<Finding> {
	return written(await context.custom('detail', { id: savedId(context) }), 'Documents of this type are not read by their ID.');
}

function operate(operation: 'audit' | 'unaudit' | 'delete'): Probe['run'] {
	return async (context) => {
		const answer = await post(context, 'cust/operate', { entity_number: context.options.customType, id: [savedId(context)], operate_type: operation });
		context.kept.set('operated', answer);
		return written(answer, operation === 'delete' ? 'Delete the document of this check by hand.' : `This type does not take ${operation}.`);
	};
}

const CONFIRMATIONS = ['ids', 'id_number_map', 'success_ids'] as const;

function operateAnswers({ kept }: ProbeContext): Finding {
	const data = dataOf(kept.get('operated') as Answer);
	const inner = isFields(data) && data.data !== undefined ? data.data : data;
	const named = CONFIRMATIONS.find((name) => isFields(inner) && inner[name] !== undefined);
	if (named === undefined && !Array.isArray(inner)) return contradicted({ data: kindOf(inner) }, 'Operate on one document at a time: the answer does not say which were done, so several end as unknown.');
	return confirmed({ data: named ?? 'list' });
}

async function saveCustomer(context: ProbeContext): Promise<Finding> {
	const name = `${MARKED_NAME}-${context.nowMs}`;
	const answer = await post(context, 'bd/customer', { number: name, name });
	const data = dataOf(answer);
	const ids = isFields(data) && Array.isArray(data.ids) ? data.ids : [];
	context.rows.set('customer', [{ name, id: textOf(ids[0]) }]);
	return written(answer, 'Nothing was saved.');
}

const WAITS_MS = [0, 1000, 2000, 4000];

async function lateness(context: ProbeContext): Promise<Finding> {
	const [customer = {}] = context.rows.get('customer') ?? [];
	const startedAt = performance.now();
	for (const waitMs of context.options.waitsMs ?? WAITS_MS) {
		await new Promise((resolve) => setTimeout(resolve, waitMs));
		const rows = rowsOf(await context.call('bd/customer', { page: '1', page_size: '20', search: textOf(customer.name) }));
		const row = rows.find(({ name }) => name === customer.name);
		if (!row) continue;
		context.rows.set('customer', [{ ...customer, id: textOf(customer.id) || textOf(row.id) }]);
		return whether(waitMs === 0, { lateMs: Math.round(performance.now() - startedAt) }, 'A trigger finds a change at a later poll: leave Look Back Minutes as it is.');
	}
	return contradicted({ lateMs: Math.round(performance.now() - startedAt) }, 'A change shows late: set Look Back Minutes of triggers higher.');
}

async function deleteCustomer(context: ProbeContext): Promise<Finding> {
	const [customer] = context.rows.get('customer') ?? [];
	const answer = await post(context, 'sys/common_operate', { entity_number: 'bd_customer', ids: [textOf(customer?.id)], operate_type: 'delete' });
	return written(answer, `Delete the customer ${MARKED_NAME}-… by hand.`);
}

const [layer, anchor] = ['Writing', 'Saving a custom document'] as const;

export const writingProbes: Probe[] = [
	{ id: 'custSave', layer, assumption: 'A custom document is saved', mark: 'D', anchor, calls: 1, needs: ['custList'], judgesFailures: true, writes: 'Save one custom document of this type?', run: save },
	{ id: 'saveAnswers', layer, assumption: 'The answer has the document, with its ID', mark: 'D', anchor, calls: 0, needs: ['custSave'], run: saveAnswers },
	{ id: 'custRead', layer, assumption: 'It can be read by its ID', mark: '?', anchor, calls: 1, needs: ['saveAnswers'], run: read },
	{ id: 'custAudit', layer, assumption: 'It can be audited', mark: 'D', anchor, calls: 1, needs: ['saveAnswers'], judgesFailures: true, writes: 'Audit it?', run: operate('audit') },
	{ id: 'custUnaudit', layer, assumption: 'It can be unaudited', mark: 'D', anchor, calls: 1, needs: ['custAudit'], judgesFailures: true, writes: 'Unaudit it?', run: operate('unaudit') },
	{ id: 'custDelete', layer, assumption: 'It can be deleted', mark: 'D', anchor, calls: 1, needs: ['saveAnswers'], judgesFailures: true, writes: 'Delete it?', run: operate('delete') },
	{ id: 'operateAnswers', layer, assumption: 'The answer of `cust/operate` names what was done', mark: '?', anchor, calls: 0, needs: ['custDelete'], run: operateAnswers },
	{ id: 'customerSave', layer, assumption: 'A customer is saved', mark: 'D', anchor: 'The standard calls', calls: 1, needs: ['module.bd'], judgesFailures: true, writes: `Save one customer called ${MARKED_NAME}-…?`, run: saveCustomer },
	{ id: 'lateness', layer, assumption: 'It is in the list at once', mark: 'R', anchor: 'The standard calls', calls: WAITS_MS.length, needs: ['customerSave'], run: lateness },
	{ id: 'customerDelete', layer, assumption: 'It can be deleted', mark: 'D', anchor: 'The standard calls', calls: 1, needs: ['customerSave'], judgesFailures: true, writes: 'Delete this customer?', run: deleteCustomer },
];
