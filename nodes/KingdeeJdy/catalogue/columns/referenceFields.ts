import { readableLabel } from '../readableKeys';
import type { ReferenceKeys } from '../readableKeys';
import type { Parameter } from '../types';
import { NAME_ENDINGS, NUMBER_ENDINGS, TIERS, tiered, withEndings, wordsFor } from './columnField';
import type { ColumnBy, ColumnField, FieldLevel, NamedField } from './columnField';
import { THINGS } from './words';
import type { ThingWords } from './words';

type Headings = Array<[heading: string, tier: number]>;

function wordsOf({ stem, reference: { to } }: ReferenceKeys): ThingWords {
	const words = THINGS[stem];
	return words && (words.to ?? to) === to ? words : { bases: '' };
}

/**
 * The fields that stand for one reference: its readable keys, the ID itself, and a column that says neither number nor name,
 * which is a name only where the rows of its kind have no numbers.
 *
 * @param documentedNumber the parameter beside it by which JDY takes the number itself
 */
export function ofReference(keys: ReferenceKeys, documentedNumber: Parameter | undefined, { path, depth }: FieldLevel): NamedField[] {
	const { parameter, reference, name, barcode, hasNumbers, nameOrNumber } = keys;
	const label = parameter.label.replace(/ (?:IDs?|Numbers?)\b/, '');
	const labelZh = parameter.labelZh.replace(/编码$/, '');
	const words = wordsOf(keys);
	const isId = reference.holds === 'id';
	const number = isId ? keys.number : parameter.name;
	const field = (by: ColumnBy, leaf: string, labels: Pick<ColumnField, 'label' | 'labelZh'>, headings: Headings): NamedField => ({
		path: path + leaf, by, fills: path + parameter.name, parameter, ...labels, depth, leaf, headings: [...headings, ...wordsFor(by, words)],
	});
	const bare = [...tiered(TIERS.label, [keys.stem, label, labelZh]), ...wordsFor('nameOrNumber', words)];
	const bareBy = name === undefined ? 'number' : hasNumbers ? 'nameOrNumber' : 'name';
	const headingsOf = (by: ColumnBy, own: string[], endings: string[]): Headings => [
		...tiered(TIERS.label, own),
		...tiered(TIERS.derived, withEndings([label, labelZh], endings)),
		...(bareBy === by ? bare : []),
	];
	const ownNumber = documentedNumber ?? (isId ? undefined : parameter);
	const ofNumber = (leaf: string) => {
		const labels = { label: readableLabel(keys, 'number'), labelZh: `${labelZh}编码` };
		return field('number', leaf, labels, headingsOf('number', ownNumber ? [ownNumber.label, ownNumber.labelZh] : [], NUMBER_ENDINGS));
	};
	const ofName = (leaf: string) => field('name', leaf, { label: readableLabel(keys, 'name'), labelZh: `${labelZh}名称` }, headingsOf('name', [], NAME_ENDINGS));
	const ofBarcode = (leaf: string) => field('barcode', leaf, { label: readableLabel(keys, 'barcode'), labelZh: '条形码' }, headingsOf('barcode', [], [' barcode', '条形码', '条码']));
	const ofEither = () => field('nameOrNumber', nameOrNumber, { label: readableLabel(keys, 'nameOrNumber'), labelZh }, bare);
	const ofId = () => field('id', parameter.name, { label: parameter.label, labelZh: `${labelZh}ID` }, tiered(TIERS.label, [parameter.label, `${labelZh}ID`, `${labelZh}内码`]));
	return [
		...(number !== undefined && (hasNumbers || ownNumber) ? [ofNumber(number)] : []),
		...(name === undefined ? [] : [ofName(name)]),
		...(barcode === undefined ? [] : [ofBarcode(barcode)]),
		...(bareBy === 'nameOrNumber' ? [ofEither()] : []),
		...(isId ? [ofId()] : []),
	];
}
