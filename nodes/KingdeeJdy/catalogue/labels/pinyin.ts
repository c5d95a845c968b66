/** The first letter of the pinyin of every character in the names of the catalogue. */
const LETTERS: Record<string, string> = {
	b: '保别变币报拨板标步编表部',
	c: '产仓传储充冲出参处存差拆操材查次策采除',
	d: '代动单地定对店当段点第订调',
	e: '额',
	f: '付分反发放方负辅附',
	g: '供公功固国工格规购跟',
	h: '会号惠户换核汇获货',
	j: '交件价加及家拣据接架积级结计记金',
	k: '亏口客库开款科',
	l: '列利录料流理略类络联量零领',
	m: '明模目码门',
	n: '纳能',
	p: '凭品批片牌盘票配',
	q: '其券前区取情期权欠清签请趋',
	r: '任入日润',
	s: '三上使删势司售商审属市式手收数水生申省税算设送释锁',
	t: '他同图态托推统退通',
	w: '位务外委物网',
	x: '下信卸序心性息消系细行询详销限项',
	y: '义优余员域应异易用盈移预验',
	z: '中作债值则助占字总支政整状知组置职自装证账质资赠踪',
};

/** Characters that are read in another way within these words: the points are adjusted, stock is transferred. */
const WORDS: Array<[word: string, letters: string]> = [
	['调整', 'tz'],
	['会计', 'kj'],
];

const LETTER_OF = new Map(
	Object.entries(LETTERS).flatMap(([letter, characters]) => [...characters].map((character) => [character, letter] as const)),
);

/** `xsdd` of `销售订单`; letters and digits stay, anything else is left out. */
export function initialsOf(name: string): string {
	let text = name.toLowerCase();
	for (const [word, letters] of WORDS) text = text.replaceAll(word, letters);
	return [...text].map((character) => LETTER_OF.get(character) ?? (/[a-z0-9]/.test(character) ? character : '')).join('');
}
