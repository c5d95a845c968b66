/** Names that HTML gives to what a secret may hold: all of ASCII that has a name, and Latin-1 from 160 on in its order. */
const ASCII: Array<[name: string, character: string]> = [
	['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"], ['tab', '\t'], ['newline', '\n'],
	['excl', '!'], ['num', '#'], ['dollar', '$'], ['percnt', '%'], ['lpar', '('], ['rpar', ')'], ['ast', '*'],
	['midast', '*'], ['plus', '+'], ['comma', ','], ['period', '.'], ['sol', '/'], ['colon', ':'], ['semi', ';'],
	['equals', '='], ['quest', '?'], ['commat', '@'], ['lsqb', '['], ['lbrack', '['], ['bsol', '\\'], ['rsqb', ']'],
	['rbrack', ']'], ['hat', '^'], ['lowbar', '_'], ['underbar', '_'], ['grave', '`'], ['diacriticalgrave', '`'],
	['lcub', '{'], ['lbrace', '{'], ['verbar', '|'], ['vert', '|'], ['verticalline', '|'], ['rcub', '}'], ['rbrace', '}'],
];

const FIRST_OF_LATIN_1 = 160;

const LATIN_1 =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
	'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute ' +
	'Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml ' +
	'Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml ' +
	'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const CHARACTERS: ReadonlyMap<string, string> = new Map([
	...ASCII,
	...LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(FIRST_OF_LATIN_1 + index)]),
]);

/** The character that HTML calls by a name. Names of ASCII are read in either case: HTML knows `&AMP;` and `&Hat;` too. */
export function namedCharacter(name: string): string | undefined {
	return CHARACTERS.get(name) ?? CHARACTERS.get(name.toLowerCase());
}
