import type { IDataObject, INode } from 'n8n-workflow';

import { demoAccount } from '../emulator/settings.mts';
import { KINGDEE_JDY } from '../helpers/nodeType.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Picture, Step } from './steps.mts';
import { map } from './dragging.mts';
import { addByKeyboard, fillByKeyboard, pickByKeyboard, tabTo } from './keyboard.mts';
import { TRIGGER, create, keptInWorkflow, workflowOf } from './workflows.mts';

const JDY = 'Kingdee JDY';
const SALES_ORDER = 'Sales Order 销售订单';
const ORDERS_OF_KH0007 = ['XSDD000006', 'XSDD000036', 'XSDD000066', 'XSDD000096', 'XSDD000126', 'XSDD000156', 'XSDD000186', 'XSDD000216', 'XSDD000246'];
/** Fields of the input items, and where in the form they go. */
const DRAGGED = {
	date: 'bill_date',
	customer: 'customer_number',
	product: 'material_entity.material_number',
	price: 'material_entity.price',
	qty: 'material_entity.qty',
	unit: 'material_entity.unit_name',
};

/** Sales orders are found, saved with their lines and audited in the books of the emulated firm. */
export function stepsOfRecords(editor: Editor, { n8n, emulator, credentialId }: Demo, picture: Picture): Step[] {
	const { page } = editor;
	const { records } = emulator.gateway;
	const orders = () => records.of(demoAccount, 'scm.sal_order');
	const output = editor.byId('output-panel');

	const inputOf = (parameter: string) => editor.byId(`parameter-input-${parameter}`).locator('input').first();
	const idOf = (entity: string, number: string): string => records.find(demoAccount, entity, { number })?.id ?? '';

	/** The texts of a column of the output panel's table. */
	async function column(name: string): Promise<string[]> {
		const names = await output.locator('table thead th').allInnerTexts();
		const nth = names.findIndex((text) => text.trim() === name) + 1;
		return (await output.locator(`table tbody tr td:nth-child(${nth})`).allInnerTexts()).map((text) => text.trim());
	}

	const kept = async (...values: string[]) => await keptInWorkflow(editor, n8n, values);

	async function openJdy(name: string, parameters: IDataObject, items: IDataObject[]): Promise<void> {
		const node = {
			name: JDY,
			type: KINGDEE_JDY,
			parameters: { resource: 'record', ...parameters } as INode['parameters'],
			credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } },
		};
		await editor.openWorkflow(await create(n8n, { ...workflowOf(name, [node]), pinData: { [TRIGGER]: items.map((json) => ({ json })) } }));
		await editor.openNode(JDY);
	}

	return [
		[
			'by keyboard alone: Get Many of documents is added, and its type found by typing 销售订单',
			async () => {
				await editor.openWorkflow(await create(n8n, { ...workflowOf('Sales orders', []), pinData: { [TRIGGER]: [{ json: { customer: 'KH0007', city: '武汉' } }] } }));
				await addByKeyboard(editor, JDY, 'Get many documents or master data');
				await pickByKeyboard(editor, '销售订单', SALES_ORDER);
				const chosen = [await inputOf('operation').inputValue(), await editor.byId('rlc-input').inputValue()].join();
				if (chosen !== `Get Many,${SALES_ORDER}`) throw new Error(`Chosen is ${chosen}`);
			},
			'Get many: the node Kingdee JDY, and its document type found by typing',
		],
		[
			'by keyboard alone: a filter is added and filled in, the step runs, and the orders of that customer come',
			async () => {
				await fillByKeyboard(editor, 'Customer Number 客户编码', 'customer_number', 'KH0007');
				await kept('KH0007');
				await tabTo(editor, output.getByRole('button', { name: 'Execute step' }));
				await page.keyboard.press('Enter');
				await editor.expectOutput(/XSDD000006/, 'table');
				let shown: string[] = [];
				await until('Exactly the orders of KH0007', 30_000, async () => {
					shown = await column('bill_no');
					return shown.join() === ORDERS_OF_KH0007.join();
				}).catch((error: Error) => {
					throw new Error(`${error.message}: ${shown.join()}`);
				});
				await picture('record.png');
			},
			'Get many: a filter, and the sales orders of one customer come as items',
		],
		[
			'two input items become one sales order with two lines, by numbers and names that are dragged into the form',
			async () => {
				const line = (product: string, qty: number, price: number) => ({ orderNo: 'WEB-1001', date: '2026-11-24', customer: 'KH0007', product, unit: '个', qty, price });
				const before = orders().length;
				await openJdy('Save a sales order', { operation: 'save' }, [line('SP0001', 2, 12.5), line('SP0002', 10, 0.99)]);
				await editor.pick('type', '销售订单', SALES_ORDER);
				await editor.byId('parameter-input-bill_date').waitFor();
				await editor.choose('lines', 'Group Items');
				await editor.fill('groupBy', 'orderNo');
				for (const [field, input] of Object.entries(DRAGGED)) await map(editor, field, input);
				await kept('orderNo', ...Object.keys(DRAGGED).map((field) => `{{ $json.${field} }}`));
				await output.getByText('No output data').click();
				await picture('record-form.png');
				await editor.execute(/"outcome":\s*"saved"/);
				const saved = orders().slice(before).map(({ data, isAudited }) => ({ data, isAudited }));
				const lineOf = (number: string, rest: string) => `{"is_free":false,"material_number":"${number}",${rest},"material_id":"${idOf('bd.material', number)}","unit_id":"${idOf('bd.measure_unit', 'DW01')}"}`;
				const lines = [lineOf('SP0001', '"price":12.5,"qty":2'), lineOf('SP0002', '"price":0.99,"qty":10')];
				const expected = `[{"data":{"bill_date":"2026-11-24","customer_number":"KH0007","material_entity":[${lines.join()}],"customer_id":"${idOf('bd.customer', 'KH0007')}"},"isAudited":false}]`;
				if (JSON.stringify(saved) !== expected) throw new Error(`The books hold ${JSON.stringify(saved)} instead of ${expected}`);
			},
		],
		[
			'the sales order is audited by its number, and stands in the books as audited',
			async () => {
				const order = orders().at(-1);
				await openJdy('Audit a sales order', { operation: 'audit' }, [{ number: order?.number ?? '' }]);
				await editor.pick('type', '销售订单', SALES_ORDER);
				await map(editor, 'number', 'keys');
				await kept('{{ $json.number }}');
				await editor.execute(/"outcome":\s*"done"/);
				if (!order?.isAudited) throw new Error('The sales order is not audited');
			},
		],
		[
			'Get: an order is chosen from the list of the account, found by its number',
			async () => {
				await openJdy('Get a sales order', { operation: 'get' }, [{}]);
				await editor.pick('type', '销售订单', SALES_ORDER);
				await editor.pick('key', 'XSDD000006', 'XSDD000006 西安五金商行 07 2026-01-07');
				await kept('"value":"XSDD000006"');
				await editor.execute(/"customer_number":\s*"KH0007"/);
			},
		],
	];
}
