import type { MasterData } from './seeding.mts';

/** Auxiliary data by their groups, which are the same in every account, as some of their small IDs are [D]. */
const AUXILIARY: MasterData[] = [
	{ entity: 'bd.aux_info_type', id: '1', number: 'KHDJ', name: '客户等级' },
	{ entity: 'bd.aux_info_type', id: '2', number: 'JHFS', name: '交货方式' },
	{ entity: 'bd.aux_info_type', id: '3', number: 'THYY', name: '退货原因' },
	{ entity: 'bd.aux_info_type', id: '4', number: 'QTRK', name: '其它入库类型' },
	{ entity: 'bd.aux_info_type', id: '5', number: 'QTCK', name: '其它出库类型' },
	{ entity: 'bd.aux_info', id: '2', number: '001', name: '一级客户', group_name: '客户等级' },
	{ entity: 'bd.aux_info', id: '3', number: '002', name: '二级客户', group_name: '客户等级' },
	{ entity: 'bd.aux_info', id: '6', number: '001', name: '快递', group_name: '交货方式' },
	{ entity: 'bd.aux_info', id: '8', number: '002', name: '自提', group_name: '交货方式' },
	{ entity: 'bd.aux_info', id: '9', number: '003', name: '送货', group_name: '交货方式' },
	{ entity: 'bd.aux_info', id: '10', number: '001', name: '质量问题', group_name: '退货原因' },
	{ entity: 'bd.aux_info', id: '11', number: '002', name: '其他', group_name: '退货原因' },
	{ entity: 'bd.aux_info', id: '12', number: '001', name: '其他', group_name: '其它入库类型' },
	{ entity: 'bd.aux_info', id: '13', number: '001', name: '其他', group_name: '其它出库类型' },
	{ entity: 'bd.aux_info', id: '14', number: '002', name: '样品', group_name: '其它出库类型' },
];

/** 城区 and 其它 stand below several cities. */
const REGIONS: MasterData[] = [
	{ entity: 'sys.division', name: '广东省', children: [{ name: '广州市', children: ['天河区', '城区', '其它'] }, { name: '深圳市', children: ['南山区', '其它'] }, { name: '其它' }] },
	{ entity: 'sys.division', name: '浙江省', children: [{ name: '杭州市', children: ['西湖区', '城区', '其它'] }, { name: '其它' }] },
	{ entity: 'sys.division', name: '北京市', children: [{ name: '北京市', children: ['朝阳区', '海淀区'] }] },
	{ entity: 'sys.division', name: '上海市', children: [{ name: '上海市', children: ['浦东新区', '城区'] }] },
];

/** What every account has of small master data. Types and terms of settlement have no numbers [D]. */
export const PRESETS: MasterData[] = [
	...AUXILIARY,
	...REGIONS,
	{ entity: 'sys.country_load', number: 'CN', name: '中国' },
	{ entity: 'sys.country_load', number: 'US', name: '美国' },
	{ entity: 'bd.currency', number: 'RMB', name: '人民币', rate: '1' },
	{ entity: 'bd.currency', number: 'USD', name: '美元', rate: '7' },
	{ entity: 'bd.settlement_account', number: 'ZH01', name: '现金', is_default: true },
	{ entity: 'bd.settlement_account', number: 'ZH02', name: '工商银行' },
	{ entity: 'bd.settlement_account', number: 'ZH03', name: '微信', enable: false },
	{ entity: 'bd.settlement_type', name: '现金', is_default: true },
	{ entity: 'bd.settlement_type', name: '银行转账' },
	{ entity: 'bd.settlement_type', name: '微信' },
	{ entity: 'bd.settling_term', name: '现结' },
	{ entity: 'bd.settling_term', name: '月结30天' },
	{ entity: 'bd.income_categorization', number: 'SRFL01', name: '营业外' },
	{ entity: 'bd.income_type', number: 'SR01', name: '利息收入', group_name: '营业外' },
	{ entity: 'bd.income_type', number: 'SR02', name: '其他收入', group_name: '营业外' },
	{ entity: 'bd.pay_out_type_group', number: 'ZCFL01', name: '费用' },
	{ entity: 'bd.payout_type', number: 'ZC01', name: '运费', group_name: '费用' },
	{ entity: 'bd.payout_type', number: 'ZC02', name: '装卸费', group_name: '费用' },
	{ entity: 'bd.logistics_company', number: 'SF', name: '顺丰速运' },
	{ entity: 'bd.logistics_company', number: 'ZTO', name: '中通快递' },
	{ entity: 'fi.voucher_type', number: '01', name: '记' },
	{ entity: 'fi.voucher_type', number: '02', name: '收' },
	{ entity: 'fi.account_type', number: '1' },
	{ entity: 'fi.account', number: '1001', name: '库存现金', is_leaf: 1, pid: '0' },
	{ entity: 'fi.account', number: '1002', name: '银行存款', is_leaf: 0, pid: '0' },
	{ entity: 'fi.account', number: '100201', name: '工商银行', full_name: '银行存款_工商银行', is_leaf: 1 },
	{ entity: 'fi.account', number: '100202', name: '停用银行', full_name: '银行存款_停用银行', is_leaf: 1, enable: false },
	{ entity: 'fi.account', number: '6001', name: '主营业务收入', is_leaf: 1, pid: '0' },
	{ entity: 'ls.store', number: 'MD01', name: '人民路店' },
	{ entity: 'ls.mb_level', number: 'DJ01', name: '普通会员' },
	{ entity: 'ls.member', number: 'HY0001', name: '赵女士', mobile: '13700000001' },
];
