import { ValidationError } from '../../gateway/errors/validationError';
import { MAX_DEPTH } from '../../gateway/json/json';
import { MAX_NUMBER_LENGTH, NUMBER_TOO_LONG } from '../../gateway/json/jsonNumbers';
import { lineAndColumn, stepOver } from './jsonScan';
import { shorten } from './shorten';

const SPACE = /[ \t\n\r]*/y;
/** So many digits make any number too long. V8 remembers each that it has read, and fails at some ten million. */
const UP_TO = `{1,${MAX_NUMBER_LENGTH}}`;
const SCALAR = new RegExp(`-?(?:0|[1-9](?:\\d${UP_TO})?)(?:\\.\\d${UP_TO})?(?:[eE][+-]?\\d${UP_TO})?|true|false|null`, 'y');

/** An open `{` or `[`; an object remembers the names it has seen. */
type Open = { close: '}'; names: Set<string> } | { close: ']' };

/** Reads a JSON text from left to right, without recursion, so that depth cannot exhaust the stack. */
class Reader {
	private at = 0;

	private readonly open: Open[] = [];

	private readonly text: string;

	private readonly label: string;

	constructor(text: string, label: string) {
		this.text = text;
		this.label = label;
	}

	read(): void {
		this.value();
		for (let last = this.open.at(-1); last !== undefined; last = this.open.at(-1)) {
			this.take(SPACE);
			const isClosed = this.text[this.at] === last.close;
			if (!isClosed && this.text[this.at] !== ',') this.expected(`"," or "${last.close}"`);
			this.at += 1;
			if (isClosed) {
				this.open.pop();
				continue;
			}
			this.take(SPACE);
			if (last.close === '}') this.name(last.names);
			this.value();
		}
		this.take(SPACE);
		if (this.at < this.text.length) this.expected('the end of the text');
	}

	/** One scalar, one empty bracket, or everything down to the first scalar inside. */
	private value(): void {
		for (;;) {
			this.take(SPACE);
			const character = this.text[this.at];
			if (character !== '{' && character !== '[') {
				this.scalar();
				return;
			}
			if (this.open.length === MAX_DEPTH) this.refuse(`it is nested deeper than ${MAX_DEPTH} levels`, this.at);
			this.at += 1;
			const entered: Open = character === '{' ? { close: '}', names: new Set() } : { close: ']' };
			this.take(SPACE);
			if (this.text[this.at] === entered.close) {
				this.at += 1;
				return;
			}
			this.open.push(entered);
			if (entered.close === '}') this.name(entered.names);
		}
	}

	private scalar(): void {
		const start = this.at;
		if (this.string() !== undefined) return;
		const literal = this.take(SCALAR) ?? this.expected('a value');
		if (literal.length > MAX_NUMBER_LENGTH) throw new ValidationError(this.label, `${NUMBER_TOO_LONG} (${lineAndColumn(this.text, start)})`);
	}

	private name(names: Set<string>): void {
		const start = this.at;
		const name = this.string() ?? this.expected('a name in double quotes');
		if (name.trim() === '') this.refuse('a field name is empty', start);
		if (names.has(name)) this.refuse(`the field name ${JSON.stringify(shorten(name))} stands here twice`, start);
		names.add(name);
		this.take(SPACE);
		if (this.text[this.at] !== ':') this.expected('":"');
		this.at += 1;
	}

	private string(): string | undefined {
		const start = this.at;
		if (this.text[start] !== '"') return undefined;
		const stepped = stepOver(this.text, start) ?? this.refuse('a text is not closed, or has a wrong escape', start);
		if (stepped.control !== -1) this.refuse('a line break or control character stands in a text; write it as \\n or \\u', stepped.control);
		this.at = stepped.end;
		const content = JSON.parse(this.text.slice(start, this.at)) as string;
		if (!content.isWellFormed()) this.refuse('a text contains a lone surrogate', start);
		return content;
	}

	private take(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		this.at += found?.length ?? 0;
		return found;
	}

	private expected(what: string): never {
		const codePoint = this.text.codePointAt(this.at);
		const found = codePoint === undefined ? 'the text ends here' : `found ${JSON.stringify(String.fromCodePoint(codePoint))}`;
		this.refuse(`expected ${what}, but ${found}`, this.at);
	}

	private refuse(problem: string, offset: number): never {
		throw new ValidationError(this.label, `is not valid: ${problem} (${lineAndColumn(this.text, offset)})`);
	}
}

/**
 * Checks a JSON text. Beside the syntax it refuses what a document cannot have: a field name that is empty or stands
 * twice in one object, and half a surrogate pair.
 *
 * @param label what the text is, for the error
 * @throws ValidationError with the first problem and its place; lines and columns count from 1, a column is a UTF-16 unit
 */
export function checkJson(text: string, label: string): void {
	new Reader(text, label).read();
}
