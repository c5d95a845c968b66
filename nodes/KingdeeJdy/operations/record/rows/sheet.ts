import type { IDataObject } from 'n8n-workflow';

import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { cellText, readPeopleNumber } from '../../../shared/data/peopleValues';

/** Words that stand in the first cell of a row of sums. */
const SUMS = /^(?:合计|总计|小计|汇总|共计|total|sum|subtotal|grand total)[:：]?$/i;

/** A row of a sheet, as people count it. */
export interface SheetRow {
	/** From 1, without the headings. */
	number: number;
	/** Its cells; those of the order as they stand in the rows above, if that is wanted. */
	cells: IDataObject;
	/** Why the row is no part of any document. */
	leftOut?: 'empty' | 'sum';
	/** Whether it has no order of its own, and stands below one that has. */
	isContinued: boolean;
}

function isBlank(value: unknown): boolean {
	return isNothing(value) || (typeof value === 'string' && cellText(value) === '');
}

/** Whether a cell may be a sum: a figure, or in a column that means nothing. */
function mayBeSum(value: unknown, isField: boolean): boolean {
	return !isField || typeof value !== 'string' || readPeopleNumber(cellText(value)) !== 'unreadable';
}

/** A product or a customer may be called like a sum: then texts stand beside it. */
function whyLeftOut(cells: IDataObject, { column, isField }: SheetRules): SheetRow['leftOut'] {
	const filled = Object.entries(cells).filter(([, value]) => !isBlank(value));
	if (filled.length === 0) return 'empty';
	const [[, first] = [], ...others] = filled;
	const isSum = typeof first === 'string' && SUMS.test(cellText(first));
	if (!isSum) return undefined;
	if (!isBlank(cells[column])) return cells[column] === first ? 'sum' : undefined;
	return others.every(([name, value]) => mayBeSum(value, isField(name))) ? 'sum' : undefined;
}

/** How a sheet is read. */
interface SheetRules {
	/** The column that names the order; empty: every row is a document. */
	column: string;
	/** Whether blank cells of the order and its head mean the row above. */
	fillDown: boolean;
	/** Whether a column belongs to the head of a document. */
	isOfHead: (column: string) => boolean;
	/** Whether a column means a field of a document. */
	isField: (column: string) => boolean;
}

/**
 * The rows of a sheet. Empty rows and rows of sums belong to no document; then the cells of an order that stand in its first
 * row only are filled down, within that order.
 */
export function sheetOf(rows: readonly IDataObject[], rules: SheetRules): SheetRow[] {
	const { column, fillDown, isOfHead } = rules;
	let above: IDataObject | undefined;
	return rows.map((cells, index) => {
		const number = index + 1;
		const leftOut = whyLeftOut(cells, rules);
		if (leftOut) return { number, cells, leftOut, isContinued: false };
		if (column === '' || !isBlank(cells[column])) {
			above = cells;
			return { number, cells, isContinued: false };
		}
		if (!above) return { number, cells, isContinued: false };
		if (!fillDown) return { number, cells, isContinued: true };
		const order = above;
		// Extract from File leaves blank cells out.
		const blank = Object.keys(order).filter((name) => isBlank(cells[name]) && (name === column || isOfHead(name)));
		const filled: IDataObject = { ...cells, ...Object.fromEntries(blank.map((name) => [name, order[name]])) };
		above = { ...order, ...Object.fromEntries(Object.entries(filled).filter(([, value]) => !isBlank(value))) };
		return { number, cells: filled, isContinued: false };
	});
}
