import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { demoAccount } from '../emulator/settings.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Picture, Step } from './steps.mts';
import { SHEETS } from './walk.mts';

const JDY = 'Kingdee JDY';
/** What the operation is called in the node panel, and the node that is added by it. */
const SAVE_ROWS = 'Save rows of a spreadsheet as documents';
const SALES_ORDER = 'Sales Order 销售订单';
const PATIENCE_MS = 60_000;

const FILE = join(SHEETS, 'shop-export.csv');
const HEADINGS = '订单号,下单时间,客户名称,商品编码,数量,单位,单价,仓库';
/** The unit of the third order is no unit of its product, and the customer of the fourth is not in JDY. */
const ROWS = [
	'WX20260305001,2026-03-05 09:12:44,上海五金商行 01,SP0001,10,个,￥1.50,主仓',
	'WX20260305001,2026-03-05 09:12:44,上海五金商行 01,SP0002,"1,000",个,￥2.50,主仓',
	'WX20260305002,2026-03-05 10:01:03,北京五金商行 02,SP0003,5,个,0.80,门店仓',
	'WX20260305003,2026-03-05 10:20:10,深圳五金商行 03,SP0005,12,各,0.05,主仓',
	'WX20260305004,2026-03-05 11:15:00,广州百货 88,SP0006,1,个,45,主仓',
	'WX20260305005,2026-03-05 13:40:21,杭州五金商行 04,SP0007,2,个,38.00,主仓',
	'WX20260305005,2026-03-05 13:40:21,杭州五金商行 04,SP0010,6,个,12.5,退货仓',
];
const CORRECTED = ROWS.map((row) => row.replace('各', '个').replace('广州百货 88', '成都五金商行 05'));

/** What is told of the two, with On Error at Stop Workflow. */
const PROBLEMS = /2 of 5 cannot be sent: item 3: Row 4 \(WX20260305003\): "单位" "各" was not found among the product units; item 4: Row 5 \(WX20260305004\): "客户名称" "广州百货 88" was not found among the customers/;

/** The customers of the orders, and product, warehouse, quantity and price of each line; all units are 个. */
const EXPECTED: Array<[customer: string, lines: Array<[product: string, store: string, qty: number, price: number]>]> = [
	['KH0001', [['SP0001', 'CK01', 10, 1.5], ['SP0002', 'CK01', 1000, 2.5]]],
	['KH0002', [['SP0003', 'CK02', 5, 0.8]]],
	['KH0003', [['SP0005', 'CK01', 12, 0.05]]],
	['KH0005', [['SP0006', 'CK01', 1, 45]]],
	['KH0004', [['SP0007', 'CK01', 2, 38], ['SP0010', 'CK03', 6, 12.5]]],
];

/** As a spreadsheet program saves it as CSV UTF-8. */
function saveSheet(rows: readonly string[]): void {
	writeFileSync(FILE, `\uFEFF${[HEADINGS, ...rows].join('\r\n')}\r\n`);
}

/** A sheet as people have it becomes sales orders, by clicks and keys alone. */
export function stepsOfSheets(editor: Editor, { emulator, startUrl }: Demo, picture: Picture): Step[] {
	const { page } = editor;
	const { records } = emulator.gateway;
	const orders = () => records.of(demoAccount, 'scm.sal_order').map(({ data }) => data);
	const idOf = (entity: string, number: string) => records.find(demoAccount, entity, { number })?.id;
	let before = 0;

	/** Adds a node behind the last one. */
	async function add(node: string, action: string): Promise<void> {
		await page.keyboard.press('1');
		await editor.byId('canvas-handle-plus').last().click();
		await editor.byId('node-creator-search-bar').fill(node);
		await editor.byId('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${node}\\s*$`) }).first().click();
		await page.locator('[data-keyboard-nav-type="action"]').filter({ hasText: action }).first().click();
		await editor.byId('node-parameters').waitFor();
	}

	async function closeNode(): Promise<void> {
		await editor.byId('ndv-close-button').click();
		await editor.byId('ndv').waitFor({ state: 'hidden' });
	}

	/** What the orders that were saved since then hold, by the numbers of what they refer to. */
	function expectBooks(expected: typeof EXPECTED): void {
		const wanted = expected.map(([customer, lines]) => ({
			customer_id: idOf('bd.customer', customer),
			lines: lines.map(([product, store, qty, price]) => ({ material_id: idOf('bd.material', product), unit_id: idOf('bd.measure_unit', 'DW01'), stock_id: idOf('bd.store', store), qty, price })),
		}));
		const saved = orders().slice(before).map(({ customer_id, material_entity }) => ({
			customer_id,
			lines: (material_entity as Array<Record<string, unknown>>).map(({ material_id, unit_id, stock_id, qty, price }) => ({ material_id, unit_id, stock_id, qty, price })),
		}));
		// The emulator keeps numbers as they were written: 1.50.
		const shown = JSON.stringify(JSON.parse(JSON.stringify(saved)));
		if (shown !== JSON.stringify(wanted)) throw new Error(`The books hold ${shown} instead of ${JSON.stringify(wanted)}`);
	}

	async function executeWorkflow(): Promise<void> {
		await closeNode();
		await editor.byId('execute-workflow-button').click();
	}

	return [
		[
			'a workflow is clicked together: a CSV file with Chinese headings, its rows, and Save Rows as Documents with a type',
			async () => {
				saveSheet(ROWS);
				before = orders().length;
				await page.goto(startUrl);
				await page.getByRole('button', { name: 'Create workflow' }).click();
				await editor.byId('canvas-add-button').click();
				await page.getByText('Trigger manually').first().click();
				await add('Read/Write Files from Disk', 'Read File(s) From Disk');
				await editor.fill('fileSelector', FILE);
				await closeNode();
				await add('Extract from File', 'Extract From CSV');
				await editor.execute(/WX20260305001[\s\S]*WX20260305005/, 'table');
				await closeNode();
				await add(JDY, SAVE_ROWS);
				await editor.pick('type', '销售订单', SALES_ORDER);
			},
			'A sheet of a shop: n8n reads the file and its rows, and Kingdee JDY takes them as they are',
		],
		[
			'a unit that the product does not have and a customer who is not there are told by row and order, and nothing is saved',
			async () => {
				await editor.execute(PROBLEMS);
				await picture('sheet-errors.png');
				expectBooks([]);
			},
			'What is wrong in the sheet is told by row and order, and nothing is saved',
		],
		[
			'the sheet is corrected and run again: five sales orders stand in the books with the IDs of what it names',
			async () => {
				saveSheet(CORRECTED);
				await executeWorkflow();
				await until('Five orders', PATIENCE_MS, async () => orders().length - before === EXPECTED.length);
				await editor.openNode(SAVE_ROWS);
				await editor.expectOutput(/WX20260305001[\s\S]*WX20260305005/, 'table');
				await picture('sheet.png');
				expectBooks(EXPECTED);
			},
			'The corrected sheet: five sales orders, with the IDs of what it names',
		],
		[
			'the same sheet once more: no order is saved twice',
			async () => {
				await executeWorkflow();
				await editor.openNode(SAVE_ROWS);
				await editor.expectOutput(/alreadySaved[\s\S]*alreadySaved/, 'table');
				expectBooks(EXPECTED);
			},
		],
	];
}
