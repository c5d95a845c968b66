import { PRESETS } from './presets.mts';
import type { MasterData } from './seeding.mts';

const UNITS: MasterData[] = [
	{ entity: 'bd.measure_unit', id: '8', number: 'DW01', name: '个' },
	{ entity: 'bd.measure_unit', id: '9', number: 'DW02', name: '盒' },
	{ entity: 'bd.measure_unit', id: '10', number: 'DW03', name: '箱' },
	{ entity: 'bd.measure_unit', id: '11', number: 'DW04', name: '千克' },
];

const PEOPLE: MasterData[] = [
	{ entity: 'bd.department', number: 'BM01', name: '销售部' },
	{ entity: 'bd.department', number: 'BM0101', name: '华南组', parent_org_name: '销售部', full_name: '销售部_华南组' },
	{ entity: 'bd.department', number: 'BM02', name: '采购部' },
	{ entity: 'bd.department', number: 'BM03', name: '旧采购部', enable: false },
	{ entity: 'bd.emp', number: 'ZY01', name: '王芳', department_name: '销售部' },
	// Two of one name, and one who has left.
	{ entity: 'bd.emp', number: 'ZY02', name: '李伟', department_name: '销售部' },
	{ entity: 'bd.emp', number: 'ZY03', name: '李伟', department_name: '采购部' },
	{ entity: 'bd.emp', number: 'ZY04', name: '张敏', enable: false },
];

const CUSTOMERS: MasterData[] = [
	{ entity: 'bd.customer_group', number: 'KHFL01', name: '批发' },
	{ entity: 'bd.customer_group', number: 'KHFL02', name: '批发 华南' },
	{ entity: 'bd.customer', number: 'KH0001', name: '上海五金商行', group_name: '批发', saler_number: 'ZY01' },
	// `search` finds these with the one before.
	{ entity: 'bd.customer', number: 'KH0002', name: '上海五金商行 分店' },
	{ entity: 'bd.customer', number: 'KH0003', name: '新上海五金商行' },
	{ entity: 'bd.customer', number: 'KH0004', name: '北京百货' },
	{ entity: 'bd.customer', number: 'KH0005', name: '北京百货' },
	{ entity: 'bd.customer', number: 'KH0006', name: '深圳电子', enable: false },
	{ entity: 'bd.customer', number: 'KH0007', name: '深圳电子' },
	{ entity: 'bd.customer', number: 'KH0008', name: '停业商行', enable: false },
	{ entity: 'bd.customer', number: '0012', name: '零一二商行' },
	{ entity: 'bd.customer', number: '12', name: '十二商行' },
	// A number of 19 digits, which is the ID of nobody.
	{ entity: 'bd.customer', number: '1234567890123456789', name: '长编码商行' },
	{ entity: 'bd.customer', number: 'KH0009', name: '  空格商行 ' },
	{ entity: 'bd.supplier', number: 'GYS0001', name: '成都制造厂' },
	{ entity: 'bd.supplier', number: 'GYS0002', name: '武汉制造厂' },
	{ entity: 'bd.supplier', number: 'GYS0003', name: '停产制造厂', enable: false },
	{ entity: 'bd.supplier', number: 'GYS0004', name: '武汉制造厂', enable: false },
];

const WAREHOUSES: MasterData[] = [
	{ entity: 'bd.store', number: 'CK01', name: '主仓', is_allow_freight: true },
	{ entity: 'bd.store', number: 'CK02', name: '门店仓', is_allow_freight: true },
	{ entity: 'bd.store', number: 'CK03', name: '退货仓', is_allow_freight: false },
	{ entity: 'bd.store', number: 'CK04', name: '旧仓', enable: false },
	// The same numbers and names in two warehouses; B01 in the second alone.
	{ entity: 'bd.space', number: 'A01', name: '一号位', stock_number: 'CK01' },
	{ entity: 'bd.space', number: 'A01', name: '一号位', stock_number: 'CK02' },
	{ entity: 'bd.space', number: 'A02', name: '二号位', stock_number: 'CK01' },
	{ entity: 'bd.space', number: 'B01', name: '三号位', stock_number: 'CK02' },
];

const PRODUCTS: MasterData[] = [
	{ entity: 'bd.material_group', number: 'SPFL01', name: '五金' },
	{ entity: 'bd.material_brand', number: 'PP01', name: '铁匠' },
	{ entity: 'bd.material', number: 'SP0001', name: '螺丝 M4', barcode: '6901234567892', base_unit_name: '个', sale_unit_name: '盒', units: [['盒', 100], ['箱', 2000]], stock_number: 'CK01', parent_name: '五金', brand_name: '铁匠' },
	// 盒 and 箱 are units of these as well, each with another row.
	{ entity: 'bd.material', number: 'SP0002', name: '螺丝 M40', barcode: '6901234567908', base_unit_name: '个', units: [['盒', 50]] },
	{ entity: 'bd.material', number: 'SP0003', name: '铁钉', barcode: '6901234567915', base_unit_name: '千克', purchase_unit_name: '箱', units: [['箱', 25]] },
	{ entity: 'bd.material', number: 'SP0004', name: '手套', barcode: '6901234567922', base_unit_name: '个', skus: [['红/XL', 'HXL'], ['红/L', 'HL']] },
	{ entity: 'bd.material', number: 'SP0005', name: '扳手', base_unit_name: '个' },
	{ entity: 'bd.material', number: 'SP0006', name: '扳手', base_unit_name: '个' },
	{ entity: 'bd.material', number: 'SP0007', name: '电钻', base_unit_name: '个', enable: false },
	{ entity: 'bd.material', number: 'SP0008', name: '电钻', base_unit_name: '个' },
	{ entity: 'bd.material', number: 'SP0009', name: '停产锯条', barcode: '6901234567939', base_unit_name: '个', enable: false },
	// Two of one barcode.
	{ entity: 'bd.material', number: 'SP0010', name: '卷尺 3 米', barcode: '6901234567946', base_unit_name: '个' },
	{ entity: 'bd.material', number: 'SP0011', name: '卷尺 5 米', barcode: '6901234567946', base_unit_name: '个' },
	{ entity: 'bd.material', number: '0012', name: '胶带', base_unit_name: '个' },
	{ entity: 'bd.material', number: '12', name: '胶水', base_unit_name: '个' },
	{ entity: 'bd.material', number: '1234567890123456789', name: '长编码商品', base_unit_name: '个' },
];

/** A firm whose master data are easily taken for each other, each kind with rows that only care tells apart. */
export const TRAPS: MasterData[] = [...PRESETS, ...UNITS, ...PEOPLE, ...CUSTOMERS, ...WAREHOUSES, ...PRODUCTS];
