import { Desk } from '../client.mts';

/** What a sheet of the demo firm's trade names, and what people expect of it. */
const desk = new Desk();
beforeEach(async () => await desk.start({ seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity }));
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const get = async (call: string) => (await desk.call({ method: 'GET', target: `/jdy/v2/${encodeURI(call)}` })).body.data as Row & { rows: Row[] };
const post = async (call: string, body: unknown) => (await desk.call({ target: `/jdy/v2/${call}`, body })).body;
const codeOf = async (call: string) => await desk.codeOf({ method: 'GET', target: `/jdy/v2/${encodeURI(call)}` });

it.each([
	['SP0001', '螺丝 M4 1 型', '6901234567892'],
	['SP0002', '螺丝 M6 1 型', '6901234567908'],
	['SP0003', '螺母 M4 1 型', '6901234567915'],
	['SP0005', '垫片 1 型', '6901234567939'],
	['SP0006', '扳手 1 型', '6901234567946'],
	['SP0007', '锤子 1 型', '6901234567953'],
	['SP0010', '卷尺 1 型', '6901234567984'],
])('the product %s is %s, in pieces, with the barcode %s', async (number, name, barcode) => {
	const detail = await get(`bd/material_detail?number=${number}`);
	expect(detail).toMatchObject({ number, name, barcode, base_unit_name: '个' });
	expect((await get(`bd/material_unit?material_id=["${String(detail.id)}"]&un_page=1`)).rows.map(({ unit_name }) => unit_name)).toContain('个');
});

it.each([
	['bd/customer', ['上海五金商行 01', '北京五金商行 02', '深圳五金商行 03', '杭州五金商行 04'], ['KH0001', 'KH0002', 'KH0003', 'KH0004']],
	['bd/supplier', ['成都制造厂 01', '武汉制造厂 02'], ['GYS0001', 'GYS0002']],
	['bd/store', ['主仓', '门店仓'], ['CK01', 'CK02']],
	['bd/emp', ['王芳', '李伟', '张敏', '刘洋'], ['ZY01', 'ZY02', 'ZY03', 'ZY04']],
])('%s are found by name', async (call, names, numbers) => {
	const found = [];
	for (const name of names) found.push(...(await get(`${call}?search=${name}`)).rows.filter((row) => row.name === name));
	expect(found.map(({ number }) => number)).toEqual(numbers);
});

it('what the sheets have wrong is not there', async () => {
	expect([await codeOf('bd/material_detail?number=00123'), await codeOf('bd/customer_detail?number=KH0901')]).toEqual([1030002003, 1030002003]);
	expect([(await get('bd/customer?search=广州百货 88')).rows, (await get('bd/measure_unit?search=各')).rows]).toEqual([[], []]);
	expect((await get('bd/supplier_detail?number=GYS0003')).name).not.toBe('武汉制造厂 02');
});

it('a new number with a name that another customer has is refused', async () => {
	expect(await post('bd/customer', { number: 'KH0902', name: '北京五金商行 02' })).toMatchObject({ errcode: 1030002002, description: '名称北京五金商行 02已存在' });
	expect(await post('bd/customer', { number: 'KH0901', name: '广州百货 88' })).toMatchObject({ errcode: 0 });
});
