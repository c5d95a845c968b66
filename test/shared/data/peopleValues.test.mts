import { cellText, readPeopleNumber, readPeopleTruth } from '../../../nodes/KingdeeJdy/shared/data/peopleValues.ts';

describe('a number as people write it', () => {
	it.each([
		['1000', '1000'],
		['1,000', '1000'],
		['12,345,678.90', '12345678.90'],
		['1，000', '1000'],
		['1 000', '1000'],
		['1\u00a0000.5', '1000.5'],
		['￥12.50', '12.50'],
		['¥ 12', '12'],
		['¥1,000.00', '1000.00'],
		['-¥5', '-5'],
		['¥-5', '-5'],
		['12.50元', '12.50'],
		['1,000 元', '1000'],
		['RMB 12', '12'],
		['CNY12.5', '12.5'],
		['２', '2'],
		['１２．５０', '12.50'],
		['-1.50', '-1.50'],
		['−3', '-3'],
		['+5', '5'],
		['.5', '0.5'],
		['5.', '5'],
		['007', '7'],
		['00.70', '0.70'],
		['0', '0'],
		['-0', '0'],
		[' 12\t', '12'],
		['1.000', '1.000'],
		['0.1234567890123456789', '0.1234567890123456789'],
		['123456789012345678901234.5', '123456789012345678901234.5'],
		['1e3', '1e3'],
	])('%s is %s', (text, digits) => expect(readPeopleNumber(text)).toEqual({ digits, isPercent: false }));

	it.each([
		['13%', '13'],
		['13 %', '13'],
		['13％', '13'],
		['0.5%', '0.5'],
		['-3%', '-3'],
	])('%s is %s per cent', (text, digits) => expect(readPeopleNumber(text)).toEqual({ digits, isPercent: true }));

	it.each(['1,5', '1.000,5', '1,00', '1,0000', '10,00,000', '1.000.000', '1,000,5', '(12)', '（12）', '(1,000.00)', "1'000", '1,000,', '1 00'])('%s is ambiguous', (text) =>
		expect(readPeopleNumber(text)).toBe('ambiguous'),
	);

	it.each(['', 'abc', '10个', '约10', '1-2', '--5', '$12', '12 USD', '1/2', '2026-03-05', '一百', '1.2万', '%', '¥', '1e', 'Infinity', 'NaN', '0x10', '01e3', '-¥-5', '1'.repeat(1001)])('%s is none', (text) =>
		expect(readPeopleNumber(text)).toBe('unreadable'),
	);
});

describe('a truth as people write it', () => {
	it.each(['是', 'true', 'TRUE', ' yes', 'Y', '1', '１', '√', '✓'])('%s is true', (text) => expect(readPeopleTruth(text)).toBe(true));

	it.each(['否', 'false', 'No', 'n', '0', '×'])('%s is false', (text) => expect(readPeopleTruth(text)).toBe(false));

	it.each(['', '有', '2', '是的吧', 'on', 'constructor'])('%s is none', (text) => expect(readPeopleTruth(text)).toBeUndefined());
});

describe('the text of a cell', () => {
	it.each([
		['="0012"', '0012'],
		['="SP0001"', 'SP0001'],
		['="a ""b"""', 'a "b"'],
		['=""', ''],
		['\t6901234567892', '6901234567892'],
		['6901234567892\t', '6901234567892'],
		["'0012", '0012'],
		['’0012', '0012'],
		["\t'0012", '0012'],
		['\ufeffKH0001', 'KH0001'],
		['0012', '0012'],
		['  上海五金商行 01 ', '上海五金商行 01'],
		["'s Hertogenbosch", "'s Hertogenbosch"],
		["'quoted'", "'quoted'"],
		['=A1', '=A1'],
		['="open', '="open'],
		['1234567890123456789', '1234567890123456789'],
	])('of %j is %j', (text, meant) => expect(cellText(text)).toBe(meant));
});
