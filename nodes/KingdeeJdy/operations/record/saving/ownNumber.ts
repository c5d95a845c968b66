import { parametersOf } from '../../../catalogue/catalogue';
import { isNothing } from '../../../catalogue/encoding/requiredFields';
import type { Values } from '../../../catalogue/encoding/values';
import { isRecord } from '../../../gateway/json/json';
import type { Finder } from '../../../shared/contract/operation';
import { asRead } from '../../../shared/contract/outcomes';
import { NUMBER_KEYS } from '../../../shared/contract/row';
import { saysNotThere } from '../../../shared/references/lookUp';
import { askedFor, detailRequest, nameIn, namedPart, parameterFor } from '../reading/detail';
import { compared } from './sameDocument';
import type { Saving } from './saving';
import { isUpdate } from './saving';

/** What JDY writes itself, whatever was sent: a new document is a draft [R], and somebody may have audited it meanwhile. */
const WRITTEN_BY_JDY = ['bill_status', 'create_time', 'modify_time', 'audit_time'];

/**
 * How a new document with a number of its own is found in JDY: its detail is read by that number. It is this document if it
 * shows everything as it was sent; an update had its number before, so that nothing follows from it.
 *
 * @param document as it was sent
 */
export function finderOf({ type, shape, call: { encrypted }, timeZone, arrayFormat }: Saving, document: Values): Finder | undefined {
	const { detail } = type;
	const numberName = NUMBER_KEYS.find((name) => shape.parameters.some((documented) => documented.name === name));
	const parameter = detail && parameterFor(parametersOf(detail), 'number');
	if (!detail || numberName === undefined || isNothing(document[numberName]) || !parameter || !NUMBER_KEYS.includes(parameter.name) || isUpdate(document)) return undefined;
	const number = String(document[numberName]).trim();
	return async (call) => {
		const request = detailRequest(detail, parameter, [number], { timeZone, arrayFormat, missing: 'send' });
		const ended = asRead(await call(request.endpoint, request.body));
		if (ended.type === 'failed') return saysNotThere(ended.failure) ? { found: [] } : { unread: ended.failure };
		const answered = askedFor(ended.envelope, detail, { parameter, by: 'number', keys: [number] }, type.name);
		const [first] = 'documents' in answered ? answered.documents : [];
		if (!isRecord(first)) return { found: [] };
		const shown = namedPart(first);
		const id = nameIn(shown, ['id']) ?? null;
		const hidden = new Set([...WRITTEN_BY_JDY, ...[...encrypted, ...detail.encrypted].flatMap(([name = '']) => name)]);
		const { names, differing } = compared(document, shown, hidden);
		const isNumber = (name: string) => name === numberName || name === parameter.name;
		// The number alone does not say whose document it is, and without it JDY may have answered with any.
		const isKnown = Object.keys(shown).some((name) => isNumber(name) && !isNothing(shown[name])) && names.some((name) => !isNumber(name));
		if (differing.length > 0 || !isKnown) return { found: [], other: { id, differing } };
		return { found: [{ id, data: { ids: id === null ? [] : [id], id_number_map: id === null ? {} : { [id]: number } } }] };
	};
}
