import { readableKeysOf } from '../readableKeys';
import type { Parameter } from '../types';
import { split, TIERS, tiered, withEndings, wordsFor } from './columnField';
import type { FieldLevel, NamedField } from './columnField';
import { ofReference } from './referenceFields';
import { FIELD_WORDS, OWN_THING, THINGS } from './words';
import type { ThingWords } from './words';

/** What a heading may end with instead, and what a link to another document is called: 销售订单号. */
function derivedOf({ labelZh, reference }: Parameter): Array<[string, number]> {
	const [, base = ''] = /^(.+?)(?:编码|编号|号)$/.exec(labelZh) ?? [];
	if (base !== '') return tiered(TIERS.derived, [...(reference?.to === undefined ? [] : [base]), ...withEndings([base], ['编码', '编号', '代码', '号'])]);
	const isLink = reference?.holds === 'id' && !reference.isOwn && reference.to === undefined;
	return isLink ? tiered(TIERS.label, withEndings([labelZh], ['号', '单号', '编号', '编码'])) : [];
}

/** Of the head, although lines have the like: a column that says no more is about the document. */
const OF_HEAD: ReadonlySet<string> = new Set(['id', 'remark', 'custom_field']);

function ofOther(parameter: Parameter, { path, depth }: FieldLevel, own: ThingWords | undefined): NamedField {
	const { name, label, labelZh, reference } = parameter;
	const tier = path === '' && OF_HEAD.has(name) ? TIERS.documentedWord : TIERS.label;
	const isOwn = own !== undefined && (name === 'number' || name === 'name' || name === 'barcode');
	const words = isOwn ? [...wordsFor(name, own), ...(name === 'name' ? wordsFor('nameOrNumber', own) : [])] : [];
	const headings = [...tiered(tier, [label, labelZh]), ...derivedOf(parameter), ...words];
	const by = reference?.holds === 'number' && reference.to !== undefined ? ({ by: 'number' } as const) : {};
	return { path: path + name, ...by, fills: path + name, parameter, label, labelZh, depth, leaf: name, headings };
}

/** A list that a document always has holds its lines; others stand beside them. */
function depthWithin({ type, name, required }: Parameter, { path, depth }: FieldLevel): number {
	const isLines = path === '' && type === 'list' && (required || name === 'material_entity');
	return isLines || (type === 'object' && required) ? depth : depth + 1;
}

/** What stands before a heading that says where it stands, e.g. `Products`, 商品明细. */
interface Before {
	label: string;
	labelZh: string;
}

/** With what they stand in: `Products: Quantity`, 商品明细数量, `material_entity.qty`. */
function withPlace(fields: NamedField[], { label, labelZh }: Before): NamedField[] {
	const one = labelZh.replace(/(?:列表|明细)$/, '');
	return fields.map((field) => ({
		...field,
		label: `${label}: ${field.label}`,
		headings: [...field.headings, ...tiered(TIERS.label, [`${label} ${field.label}`, labelZh + field.labelZh]), ...tiered(TIERS.derived, [one + field.labelZh])],
	}));
}

function ofLevel(parameters: readonly Parameter[], own: ThingWords | undefined, level: FieldLevel): NamedField[] {
	const references = new Map(readableKeysOf(parameters).map((keys) => [keys.parameter, keys]));
	const numbers = new Set([...references.values()].map((keys) => (keys.isNumberDocumented ? keys.number : undefined)));
	return parameters.flatMap((parameter) => {
		if (numbers.has(parameter.name)) return [];
		const keys = references.get(parameter);
		if (keys) return ofReference(keys, keys.isNumberDocumented ? parameters.find(({ name }) => name === keys.number) : undefined, level);
		const { name, fields, label, labelZh } = parameter;
		const inner = fields ? ofLevel(fields, undefined, { path: `${level.path}${name}.`, depth: depthWithin(parameter, level) }) : [];
		return [ofOther(parameter, level, own), ...withPlace(inner, { label, labelZh })];
	});
}

/** Words of people's for what refers to nothing: of the names that a word may stand for, the first that there is. */
function addWords(fields: readonly NamedField[]): void {
	for (const [names, words] of FIELD_WORDS) {
		const meant = names.split(' ').map((name) => fields.filter(({ leaf, by }) => leaf === name && by === undefined));
		for (const { headings } of meant.find((some) => some.length > 0) ?? []) headings.push(...tiered(TIERS.word, split(words)));
	}
}

/** Every field that a column may be, in a document of a type. */
export function fieldsOf(parameters: readonly Parameter[], type: string): NamedField[] {
	const fields = ofLevel(parameters, THINGS[OWN_THING[type] ?? ''], { path: '', depth: 0 });
	addWords(fields);
	return fields;
}
