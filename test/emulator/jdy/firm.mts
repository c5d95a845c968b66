import type { Fields } from '../calls.mts';
import type { Account } from '../settings.mts';
import { dateOf } from './made.mts';
import { PRESETS } from './masterData/presets.mts';
import { seedMasterData } from './masterData/seeding.mts';
import type { JdyRecord, RecordStore } from './records.mts';

const HOUR_MS = 60 * 60 * 1000;
const ORDERS = 250;

const GOODS = ['螺丝 M4', '螺丝 M6', '螺母 M4', '螺母 M6', '垫片', '扳手', '锤子', '电钻', '锯条', '卷尺', '手套', '胶带'];
const CITIES = ['上海', '北京', '深圳', '杭州', '成都', '武汉', '西安', '苏州', '南京', '青岛'];
const PEOPLE = ['王芳', '李伟', '张敏', '刘洋'];

const pad = (nth: number, digits = 4): string => String(nth).padStart(digits, '0');

/** An EAN-13 of China: the last digit is the check. */
function barcodeOf(nth: number): string {
	const digits = String(690_123_456_788 + nth);
	const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
	return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Adds records that were made an hour after each other, the last one an hour ago. */
function writer(records: RecordStore, account: Account) {
	return (entity: string, count: number, fieldsOf: (nth: number) => { number: string; id?: string } & Fields): JdyRecord[] =>
		Array.from({ length: count }, (_unused, index) => {
			const { number, id, ...data } = fieldsOf(index + 1);
			const made = { ...records.make(account, entity, data, number), ...(id !== undefined && { id }) };
			const createdMs = made.createdMs - (count - index) * HOUR_MS;
			return records.add(account, { ...made, createdMs, modifiedMs: createdMs });
		});
}

const nth = <T,>(list: T[], index: number): T => {
	const found = list[index % list.length];
	if (found === undefined) throw new Error('An empty list');
	return found;
};

/**
 * A small firm in the hardware trade: products, customers, suppliers, stock, 250 sales orders. A customer and a product are
 * disabled. Units have the small IDs of presets [R].
 */
export function seedFirm(records: RecordStore, account: Account): void {
	const add = writer(records, account);
	const [unit] = add('bd.measure_unit', 3, (n) => ({ id: `${n + 7}`, number: `DW${pad(n, 2)}`, name: nth(['个', '盒', '箱'], n - 1) }));
	const stores = add('bd.store', 3, (n) => ({ number: `CK${pad(n, 2)}`, name: nth(['主仓', '门店仓', '退货仓'], n - 1) }));
	const departments = add('bd.department', 2, (n) => ({ number: `BM${pad(n, 2)}`, name: nth(['销售部', '采购部'], n - 1) }));
	const staff = add('bd.emp', PEOPLE.length, (n) => ({ number: `ZY${pad(n, 2)}`, name: nth(PEOPLE, n - 1), mobile: `1390000${pad(n)}`, department_id: nth(departments, n).id }));
	const unitFields = { unit_id: unit?.id, unit_name: '个' };
	const products = add('bd.material', 40, (n) => ({ number: `SP${pad(n)}`, name: `${nth(GOODS, n - 1)} ${Math.ceil(n / GOODS.length)} 型`, model: `T${n}`, barcode: barcodeOf(n), base_unit_id: unit?.id, base_unit_name: '个' }));
	const customers = add('bd.customer', 30, (n) => ({
		number: `KH${pad(n)}`,
		name: `${nth(CITIES, n - 1)}五金商行 ${pad(n, 2)}`,
		addr: `${nth(CITIES, n - 1)}市人民路 ${n} 号`,
		contact_persons: [{ contact_person: nth(PEOPLE, n), mobile: `1380000${pad(n)}`, is_default_linkman: true }],
	}));
	add('bd.customer', 1, () => ({ number: 'KH0031', name: '停业五金商行', enable: '0' }));
	add('bd.material', 1, () => ({ number: 'SP0041', name: '停产螺丝', model: 'T41', base_unit_id: unit?.id, base_unit_name: '个', enable: '0' }));
	const suppliers = add('bd.supplier', 12, (n) => ({ number: `GYS${pad(n)}`, name: `${nth(CITIES, n + 3)}制造厂 ${pad(n, 2)}`, bank_account: `62220000${pad(n, 8)}` }));
	const product = ({ id, number, data }: JdyRecord) => ({ material_id: id, material_number: number, material_name: data.name, material_model: data.model });
	const store = ({ id, number, data }: JdyRecord) => ({ stock_id: id, stock_number: number, stock_name: data.name });
	add('scm.inventory', products.length * 2, (n) => ({ number: `KC${pad(n)}`, ...product(nth(products, n)), ...store(nth(stores, n % 2)), qty: `${n * 3}`, valid_qty: `${n * 2}` }));
	const line = (n: number, seq: number) => {
		const [qty, price] = [((n + seq) % 9) + 1, ((n * 7 + seq) % 50) + 0.5];
		return { id: `17${pad(n, 12)}${pad(seq)}`, seq, ...product(nth(products, n + seq)), ...store(nth(stores, n % 2)), ...unitFields, qty, price, amount: qty * price };
	};
	const orders = add('scm.sal_order', ORDERS, (n) => {
		const [customer, person] = [nth(customers, n), nth(staff, n)];
		const lines = Array.from({ length: (n % 3) + 1 }, (_unused, index) => line(n, index + 1));
		return {
			number: `XSDD${pad(n, 6)}`,
			bill_date: dateOf(Date.UTC(2026, 0, 1) + n * 24 * HOUR_MS),
			customer_id: customer.id,
			customer_number: customer.number,
			customer_name: customer.data.name,
			emp_id: person.id,
			emp_name: person.data.name,
			contact_linkman: nth(PEOPLE, n),
			contact_phone: `1380000${pad(n % 30)}`,
			contact_address: customer.data.addr,
			total_amount: lines.reduce((sum, { amount }) => sum + amount, 0),
			material_entity: lines,
		};
	});
	for (const [index, order] of orders.entries()) order.isAudited = index % 4 !== 3;
	seedMasterData(records, account, PRESETS);
	add('scm.pur_order', 20, (n) => ({ number: `CGDD${pad(n, 6)}`, bill_date: '2026-02-01', supplier_id: nth(suppliers, n).id, supplier_name: nth(suppliers, n).data.name, material_entity: [line(n, 1)] }));
}
