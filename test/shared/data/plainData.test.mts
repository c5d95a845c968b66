import { toPlain, writePlain } from '../../../nodes/KingdeeJdy/shared/data/plainData.ts';
import { stringify } from '../../../nodes/KingdeeJdy/gateway/json/json.ts';

function withToJson(value: unknown): { toJSON: () => unknown } {
	return { toJSON: () => value };
}

class Order {
	readonly no = 'A';

	toJSON(name: string): unknown {
		return { no: this.no, name };
	}
}

/** What is written. */
const GOOD: Array<[name: string, data: () => unknown, written: string]> = [
	['plain data', () => ({ a: [1, 'x', null, true, { b: {} }] }), '{"a":[1,"x",null,true,{"b":{}}]}'],
	['a date', () => ({ a: new Date(0) }), '{"a":"1970-01-01T00:00:00.000Z"}'],
	['a bigint and raw JSON', () => ({ a: 12345678901234567890n, b: JSON.rawJSON('1.10') }), '{"a":12345678901234567890,"b":1.10}'],
	['what is undefined', () => ({ a: undefined, b: [undefined, 1] }), '{"b":[null,1]}'],
	['a gap in a list', () => ({ a: [1, , 2] }), '{"a":[1,null,2]}'],
	['a toJSON at the root', () => withToJson({ a: 1 }), '{"a":1}'],
	['a toJSON with its name', () => ({ order: new Order(), list: [new Order()] }), '{"order":{"no":"A","name":"order"},"list":[{"no":"A","name":"0"}]}'],
	['a toJSON that gives itself', () => ({ a: { b: 1, toJSON(this: unknown) { return { ...(this as object), toJSON: undefined }; } } }), '{"a":{"b":1}}'],
	['a toJSON that gives nothing', () => ({ a: withToJson(undefined), b: 1 }), '{"b":1}'],
	['bytes, by their toJSON', () => ({ a: Buffer.from('a') }), '{"a":{"type":"Buffer","data":[97]}}'],
	['inherited names', () => JSON.parse('{"__proto__":{"x":1},"toString":2}'), '{"__proto__":{"x":1},"toString":2}'],
	['an object without a prototype', () => Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
	['one object in two places', () => { const shared = { b: 1 }; return { a: shared, c: shared }; }, '{"a":{"b":1},"c":{"b":1}}'],
	['a bigint of 1,000 digits', () => ({ a: 10n ** 999n }), `{"a":1${'0'.repeat(999)}}`],
];

const throwing = () => {
	throw new Error('no such item');
};

/** What is refused. */
const BAD: Array<[name: string, data: () => unknown, complaint: string]> = [
	['a root toJSON that gives a text', () => withToJson('x'), 'JSON must be an object with fields, but is a string'],
	['a root toJSON that gives a list', () => withToJson([]), 'JSON must be an object with fields, but is a list'],
	['a root toJSON that gives nothing', () => withToJson(undefined), 'JSON must be an object with fields, but is undefined'],
	['a root toJSON that gives a raw number', () => withToJson(JSON.rawJSON('1')), 'JSON must be an object with fields, but is a number'],
	['a root toJSON that gives a toJSON', () => withToJson(withToJson({ a: 1 })), 'Field "toJSON" is a function and cannot be sent'],
	['a date as root', () => new Date(0), 'JSON must be an object with fields, but is an object'],
	['a list', () => [1], 'JSON must be an object with fields, but is a list'],
	['nothing', () => null, 'JSON must be an object with fields, but is null'],
	['NaN', () => ({ a: NaN }), 'Field "a" is NaN, which JSON cannot hold'],
	['infinity behind a toJSON at the root', () => withToJson({ a: [-Infinity] }), 'Field "a"[0] is -Infinity, which JSON cannot hold'],
	['a getter that throws', () => ({ a: { get b() { return throwing(); } } }), 'Field "a" > "b" cannot be read: no such item'],
	['a getter that throws in a list', () => ({ a: Object.defineProperty([1, 2], 1, { get: throwing }) }), 'Field "a"[1] cannot be read: no such item'],
	['a toJSON that throws', () => ({ a: [{ toJSON: throwing }] }), 'Field "a"[0] cannot be read: no such item'],
	['something thrown that is no error', () => ({ a: { toJSON() { throw null; } } }), 'Field "a" cannot be read'],
	['a Proxy that throws', () => ({ a: new Proxy({}, { ownKeys: throwing }) }), 'Field "a" cannot be read: no such item'],
	['a Proxy whose fields throw', () => ({ a: new Proxy({ b: 1 }, { get: (target, name) => (name === 'b' ? throwing() : Reflect.get(target, name)) }) }), 'Field "a" > "b" cannot be read: no such item'],
	['a Proxy without a prototype to ask for', () => ({ a: new Proxy({}, { getPrototypeOf: throwing }) }), 'Field "a" cannot be read: no such item'],
	['a root Proxy that throws', () => new Proxy({}, { ownKeys: throwing }), 'Data cannot be read: no such item'],
	['a revoked Proxy', () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { a: proxy }; }, "Field \"a\" cannot be read: Cannot perform 'getPrototypeOf' on a proxy that has been revoked"],
	['a toJSON that gives what stands around it', () => { const root: Record<string, unknown> = {}; root.a = withToJson(root); return root; }, 'Field "a" contains itself'],
	['a toJSON that gives a new one of its kind', () => { const endless = (): object => ({ toJSON: () => ({ a: endless() }) }); return endless(); }, 'Data is nested deeper than 500 levels'],
	['a getter that throws behind good fields', () => ({ a: [{ b: 1 }, { c: {} }], get d() { return throwing(); } }), 'Field "d" cannot be read: no such item'],
	['a bigint of 1,001 digits', () => ({ a: 10n ** 1000n }), 'Field "a" has a number of more than 1,000 characters'],
	['a bigint of a million bits', () => ({ a: [-(1n << 1_000_000n)] }), 'Field "a"[0] has a number of more than 1,000 characters'],
	['a raw number of 1,001 digits', () => ({ a: JSON.rawJSON('1'.repeat(1001)) }), 'Field "a" has a number of more than 1,000 characters'],
	['a bad value under a long name', () => ({ ['n'.repeat(10_000)]: NaN }), `Field "${'n'.repeat(100)}…" is NaN, which JSON cannot hold`],
];

describe('the data of a document', () => {
	it.each(GOOD)('writes %s', (_name, data, written) => {
		expect(writePlain('JSON', data())).toBe(written);
		expect(stringify(toPlain(data()))).toBe(written);
		expect(() => toPlain(data())).not.toThrow();
	});

	it.each(BAD)('refuses %s', (_name, data, complaint) => {
		expect(() => writePlain('JSON', data())).toThrow(expect.objectContaining({ name: 'ValidationError', message: complaint }));
	});

	it('asks a toJSON once, so that nothing slips past the check', () => {
		const answers = [{ a: 1 }, { a: NaN }];
		let asked = 0;
		const fickle = { toJSON: () => answers[asked++] };
		expect(writePlain('JSON', { field: fickle })).toBe('{"field":{"a":1}}');
		expect(asked).toBe(1);
		asked = 0;
		expect(writePlain('JSON', fickle)).toBe('{"a":1}');
		expect(asked).toBe(1);
	});

	it('reads a getter once', () => {
		let reads = 0;
		expect(writePlain('JSON', { get a() { reads += 1; return reads === 1 ? 'first' : NaN; } })).toBe('{"a":"first"}');
		expect(reads).toBe(1);
	});
});
