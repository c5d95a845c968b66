import type { Parameter } from '../types';
import { NAME_ENDINGS, NUMBER_ENDINGS, TIERS, tiered, withEndings, wordsFor } from './columnField';
import type { ColumnField, FieldLevel, NamedField } from './columnField';
import type { By, ReadableKeys } from './readableKeys';
import { THINGS } from './words';

const BARCODE = { label: 'Barcode', labelZh: '条形码' };

/** The fields that stand for one ID: the ID itself, its readable keys, and a column that says neither number nor name. */
export function ofReference(parameter: Parameter, { stem, keys, documentedNumber }: ReadableKeys, { path, depth }: FieldLevel): NamedField[] {
	const label = parameter.label.replace(/ IDs?\b/, '');
	const labelZh = parameter.labelZh.replace(/编码$/, '');
	const known = THINGS[stem];
	const words = known && (known.to ?? parameter.reference?.to) === parameter.reference?.to ? known : { bases: '' };
	const field = (by: By, leaf: string, labels: Pick<ColumnField, 'label' | 'labelZh'>, headings: Array<[string, number]>): NamedField => ({
		path: path + leaf, by, fills: path + parameter.name, parameter, ...labels, depth, leaf, headings: [...headings, ...wordsFor(by, words)],
	});
	const either = keys.includes('name') ? 'name' : 'number';
	const bare: Array<[string, number]> = [...tiered(TIERS.label, [stem, label, labelZh]), ...wordsFor('numberOrName', words)];
	const isBoth = keys.includes('name') && keys.includes('number');
	const ofKey = (by: 'number' | 'name' | 'barcode'): NamedField => {
		const own = by === 'number' && documentedNumber ? [documentedNumber.label, documentedNumber.labelZh] : [];
		const endings = by === 'number' ? NUMBER_ENDINGS : NAME_ENDINGS;
		const labels = { number: { label: `${label} Number`, labelZh: `${labelZh}编码` }, name: { label: `${label} Name`, labelZh: `${labelZh}名称` }, barcode: BARCODE }[by];
		const derived = by === 'barcode' ? withEndings([label, labelZh], [' barcode', '条形码', '条码']) : withEndings([label, labelZh], endings);
		return field(by, `${stem}_${by}`, labels, [...tiered(TIERS.label, own), ...tiered(TIERS.derived, derived), ...(!isBoth && by === either ? bare : [])]);
	};
	return [
		...keys.map(ofKey),
		...(isBoth ? [field('numberOrName', `${stem}_name`, { label, labelZh }, bare)] : []),
		field('id', parameter.name, { label: parameter.label, labelZh: `${labelZh}ID` }, tiered(TIERS.label, [parameter.label, `${labelZh}ID`, `${labelZh}内码`])),
	];
}
