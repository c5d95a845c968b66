/** Every word that a report may hold beside numbers: what an account says never gets there as text. */
export const WORDS = [
	'accounts', 'all', 'ascending', 'answered', 'both', 'close', 'descending', 'differs', 'given', 'gzip', 'ignored', 'json', 'list', 'map', 'mixed', 'moment', 'milliseconds', 'missing',
	'none', 'notEncrypted', 'notGiven', 'notWanted', 'null', 'number', 'object', 'open', 'other', 'page', 'plain', 'refused', 'repeated', 'rows', 'seconds', 'text', 'tooFewRows', 'noRows', 'unknown',
	'TLSv1.2', 'TLSv1.3',
	'data.data.rows', 'data.data.list', 'data.data', 'data', 'data.rows', 'data.data.count', 'data.data.total', 'data.count', 'data.total',
	'ids', 'id_number_map', 'success_ids', 'fail_ids',
	'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPROTO', 'EHOSTUNREACH', 'ENETUNREACH', 'TIMEOUT',
	'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER',
] as const;

export type Word = (typeof WORDS)[number];

const known = new Set<string>(WORDS);

/** A text as a report may hold it: one of the words, or `other`. */
export function wordOf(text: unknown): Word {
	return typeof text === 'string' && known.has(text) ? (text as Word) : 'other';
}

/** What kind of value this is. */
export function kindOf(value: unknown): Word {
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'number') return 'number';
	return typeof value === 'object' ? 'object' : 'other';
}
