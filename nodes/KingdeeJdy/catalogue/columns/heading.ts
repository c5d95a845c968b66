/** What marks a column as required. */
const MARKS = /[*•]|[([【]?\s*(?:必填|必录|required)\s*[)\]】]?/gi;

/** What separates words and names of a heading, and says nothing. */
const SEPARATORS = /[\s_\-–—.,:;/\\|、，。·'"“”‘’()[\]{}【】<>《》]+/g;

/** A remark in brackets at the end: a unit, a form, an example. */
const REMARK = /^(.+?)\s*[([{【<《]([^()[\]{}【】<>《》]*)[)\]}】>》]$/;

/** In brackets that say which of several columns it is: 单价(含税) is no 单价. */
const SAYS_WHICH = /税|行|编码|名称|编号|代码|^id$|币|入|出|辅助|基本/i;

function bare(text: string): string {
	return text.replace(SEPARATORS, '').toLowerCase();
}

/** Longer texts are no headings. */
const MAX_LENGTH = 200;

function plain(heading: string): string {
	return heading
		.slice(0, MAX_LENGTH)
		.normalize('NFKC')
		.replace(/[\u200b-\u200d\ufeff]/g, '')
		.replace(MARKS, '')
		.trim();
}

/** A heading as headings are compared: half-width, in lower case, without spaces, signs and marks of what is required. */
export function headingKey(heading: string): string {
	return bare(plain(heading));
}

/** The keys that a heading may be known by, the likeliest first: as it stands, then with its remark in front, or without it. */
export function headingKeys(heading: string): string[] {
	const text = plain(heading);
	const [, base, remark = ''] = REMARK.exec(text) ?? [];
	if (base === undefined) return [bare(text)];
	const others = SAYS_WHICH.test(remark) ? [bare(remark + base)] : headingKeys(base);
	return [...new Set([bare(text), ...others])];
}
