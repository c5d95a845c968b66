/** One way in which a secret may stand in a text once its escapes have been read. */
export interface SecretForm {
	writing: 'plain' | 'base64' | 'hex';
	/** Hex is read in either case, so here it is in lower case. */
	text: string;
	/** Of base64: whether the character before, or the one behind, holds some bits of the secret too. */
	reachesBack: boolean;
	reachesAhead: boolean;
}

/** Shorter forms could stand by chance inside an id or a word; they are only masked if they are a word of their own. */
export const MIN_LENGTH_INSIDE_TEXT = 16;

const EDGES = { reachesBack: false, reachesAhead: false };

/** A secret as it was typed and as it was sent: a lone surrogate leaves as U+FFFD, and a form writes a space as `+`. */
export function writtenForms(secret: string): string[] {
	const sent = secret.isWellFormed() ? [secret] : [secret, secret.toWellFormed()];
	return sent.flatMap((text) => (text.includes(' ') ? [text, text.replaceAll(' ', '+')] : [text]));
}

/** Whether a secret has only the form in which it was typed, as nearly all have. */
export function hasOneForm(secret: string): boolean {
	return secret.isWellFormed() && !secret.includes(' ');
}

/** No base64 and no hex form of a secret of at least 16 characters is shorter, wherever in a longer one it stands. */
export function shortestEncoding(secret: string): number {
	return Math.floor((8 * secret.length - 4) / 6);
}

/** The characters of base64 that the secret alone decides, when so many bytes stand before it in a group of three. */
function base64Core(bytes: Buffer, bytesBefore: number): SecretForm {
	const bits = 8 * (bytesBefore + bytes.length);
	const whole = Buffer.concat([Buffer.alloc(bytesBefore), bytes]).toString('base64');
	const text = whole.slice(Math.ceil((8 * bytesBefore) / 6), Math.floor(bits / 6));
	return { writing: 'base64', text, reachesBack: bytesBefore > 0, reachesAhead: bits % 6 !== 0 };
}

function base64Forms(bytes: Buffer): SecretForm[] {
	const alone: SecretForm = { ...EDGES, writing: 'base64', text: bytes.toString('base64').replace(/=+$/, '') };
	const cores = [0, 1, 2].map((bytesBefore) => base64Core(bytes, bytesBefore));
	const insideText = cores.filter(({ text }) => text.length >= MIN_LENGTH_INSIDE_TEXT);
	return alone.text.length < MIN_LENGTH_INSIDE_TEXT ? [alone, ...insideText] : insideText;
}

function urlSafe(form: SecretForm): SecretForm {
	return { ...form, text: form.text.replaceAll('+', '-').replaceAll('/', '_') };
}

/** Every form of a secret that needs no escape. */
export function formsOf(secret: string): SecretForm[] {
	const bytes = Buffer.from(secret);
	const base64 = base64Forms(bytes);
	return [
		...writtenForms(secret).map((text): SecretForm => ({ ...EDGES, writing: 'plain', text })),
		...base64,
		...base64.filter(({ text }) => /[+/]/.test(text)).map(urlSafe),
		{ ...EDGES, writing: 'hex', text: bytes.toString('hex') },
	];
}
