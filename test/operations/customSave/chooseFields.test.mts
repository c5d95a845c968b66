import { KingdeeJdyCustomSave } from '../../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { demoCustomFields } from '../../emulator/customFields.mts';
import { answerWith, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import type { ListShape, Settings } from '../../emulator/settings.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { fieldsInEditor } from '../../helpers/loadOptions.mts';

const BIZ_TYPE = 'ts_45465632434343';
const DESCRIBED = '/jdy/v2/sys/custom_mult_field';
const LIST = '/jdy/v2/cust/list';

let emulator: Emulator;
async function start(settings: Partial<Settings> = {}): Promise<void> {
	emulator = await Emulator.start({ callsPerSecond: Infinity, ...settings });
}
afterEach(async () => await emulator?.stop());

function fill(...documents: object[]): void {
	const [account] = emulator.gateway.settings.accounts;
	if (!account) throw new Error('No account');
	for (const data of documents) emulator.gateway.documents.save(account, { biz_type: BIZ_TYPE, data });
}

const paths = () => emulator.ledger.map(({ path }) => path);
const field = (id: string, type: string, more: object = {}) => ({ id, displayName: id, type, required: false, display: true, defaultMatch: false, ...more });

const TRUE_OR_FALSE = { options: [{ name: 'True', value: true }, { name: 'False', value: false }] };

describe('fields that JDY describes', () => {
	it('have their names, types, choices and defaults; those of the lines are one list', async () => {
		await start({ customFields: demoCustomFields });
		const { fields, error } = await fieldsInEditor(emulator, { bizType: BIZ_TYPE });
		expect(error).toBeUndefined();
		expect(fields).toEqual([
			field('order_no', 'string', { displayName: '单据编号 (order_no)', required: true }),
			field('bill_date', 'dateTime', { displayName: '单据日期 (bill_date)', required: true }),
			field('amount', 'number', { displayName: '金额 (amount)' }),
			field('customer_id', 'string', { displayName: '客户 (customer_id)' }),
			field('custom_field__1__demo00priority_id', 'options', {
				displayName: '优先级 (custom_field__1__demo00priority_id)',
				options: [
					{ name: '高', value: 'A' },
					{ name: '低', value: 'B' },
				],
			}),
			field('material_entity', 'array', {
				displayName: 'material_entity: a list of objects with 备注 (custom_field__1__demo00remark), 数量 (custom_field__2__demo0quantity) *',
			}),
		]);
		expect(emulator.ledger.map(({ method, path, query }) => `${method} ${path}?${query}`)).toEqual([`GET ${DESCRIBED}?entity_number=${BIZ_TYPE}`]);
	});

	it.each(['4', '5', '6'] as const)('are saved under <field>_id where they refer to something: type %s', async (type) => {
		const row = { number: 'custom_field__1__a', display_name: 'A', field_type: type, custom_type: 'head', must_input: false };
		await start({ customFields: { [BIZ_TYPE]: [row] } });
		expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE })).fields.map(({ id }) => id)).toEqual(['custom_field__1__a_id']);
	});

	it.each([
		['a number that is required', '2', true, '0.5', { type: 'number', required: true, defaultValue: 0.5 }],
		['a text that is required', '1', true, 'B', { type: 'string', required: true, defaultValue: 'B' }],
		['a number that n8n would shorten, left to JDY', '2', true, '123456789012345678', { type: 'number', required: true }],
		['a number that may be left out, left to JDY', '2', false, '0', { type: 'number' }],
		['a text that may be left out, left to JDY', '1', false, 'B', { type: 'string' }],
	] as const)('have their default: %s', async (_what, field_type, must_input, def_value, expected) => {
		const row = { number: 'n', display_name: 'N', field_type, custom_type: 'head', must_input, def_value };
		await start({ customFields: { [BIZ_TYPE]: [row] } });
		expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE })).fields).toEqual([field('n', expected.type, { displayName: 'N (n)', ...expected })]);
	});
});

describe('fields of documents that are there', () => {
	const DOCUMENT = {
		no: 'A',
		bill_date: '2026-08-01',
		made_at: '2026-08-01 08:00:00',
		amount: 1.5,
		is_paid: true,
		customer_id: 7,
		customer: { id: 1, name: 'X' },
		lines: [{ qty: 1 }],
		nothing: null,
		mixed: 1,
	};
	const EXPECTED = [
		field('no', 'string'),
		field('bill_date', 'dateTime'),
		field('made_at', 'dateTime'),
		field('amount', 'number'),
		field('is_paid', 'options', TRUE_OR_FALSE),
		field('customer_id', 'string'),
		field('customer.id', 'string'),
		field('customer.name', 'string'),
		field('lines', 'array'),
		field('nothing', 'string'),
		field('mixed', 'string'),
		field('check', 'options', TRUE_OR_FALSE),
	];
	const SHAPES: ListShape[] = ['rows', 'list', 'bareTwice', 'bareOnce', 'rowsOnce', 'countAsText', 'noTotal'];

	it.each(SHAPES.flatMap((shape) => (['empty', 'refused'] as const).map((elsewhere) => [shape, elsewhere] as const)))(
		'are guessed, without the ID, in the shape %s, where the description is %s',
		async (listShape, customFieldsElsewhere) => {
			await start({ listShape, customFieldsElsewhere });
			fill(DOCUMENT, { mixed: 'text' });
			const { fields, error } = await fieldsInEditor(emulator, { bizType: BIZ_TYPE });
			expect(error).toBeUndefined();
			expect(fields).toEqual(EXPECTED);
		},
	);

	it('come from both ends of a long list', async () => {
		await start();
		fill({ first: 1 }, ...Array.from({ length: 500 }, () => ({ no: 'A' })), { last: 1 });
		const { fields } = await fieldsInEditor(emulator, { bizType: BIZ_TYPE });
		expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['first', 'no', 'last']));
		expect(paths()).toEqual([DESCRIBED, LIST, LIST]);
	});

	it('come where the app may not read descriptions', async () => {
		await start();
		fill({ no: 'A' });
		emulator.chooseFault = ({ target }) => (target.startsWith(DESCRIBED) ? refuse(4012) : undefined);
		expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE })).fields.map(({ id }) => id)).toEqual(['no', 'check']);
	});
});

describe('where no fields can be told', () => {
	const OTHERWISE = 'Choose Map Each Field under Data and type the names of the fields.';

	it('says so and what to do', async () => {
		await start();
		expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE })).error).toBe(`JDY lists no fields of ${BIZ_TYPE}, and has no document of that type yet to take them from. ${OTHERWISE}`);
	});

	it.each(['', '   ', '={{ $json.type }}'])('asks for the document type first (%j)', async (bizType) => {
		await start();
		expect((await fieldsInEditor(emulator, { bizType })).error).toBe(
			`Enter the Document Type first: its fields are read from JDY. Where it comes from the input, they cannot be read. ${OTHERWISE}`,
		);
		expect(emulator.connections).toBe(0);
	});

	it('tells why: both calls are refused', async () => {
		await start();
		emulator.chooseFault = () => refuse(1030002003, '自定义单据类型不存在');
		const { error } = await fieldsInEditor(emulator, { bizType: BIZ_TYPE });
		expect(error).toMatch(/^The fields of ts_45465632434343 could not be read: 自定义单据类型不存在\. .* Choose Map Each Field/);
	});

	it('asks once only where the credentials are refused, and tells no secret', async () => {
		await start();
		const credential = { ...tokenCredential(emulator), appToken: 'a-token-that-nobody-has-issued' };
		const { error } = await fieldsInEditor(emulator, { bizType: BIZ_TYPE }, credential);
		expect(error).toMatch(/^The fields of ts_45465632434343 could not be read: token无效\[网关\]\. Check App Token/);
		expect(error).not.toContain('a-token-that-nobody-has-issued');
		expect(paths()).toEqual([DESCRIBED]);
	});

	it('names the field of the credential that is missing', async () => {
		await start();
		expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE }, { ...tokenCredential(emulator), clientId: '' })).error).toBe('Client ID must not be empty');
	});
});

it('a read that fails is tried again, as the options say', async () => {
	await start({ customFields: demoCustomFields });
	let calls = 0;
	emulator.chooseFault = () => (++calls < 3 ? answerWith(502, '') : undefined);
	expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE, options: { maxAttempts: 3 } })).fields).toHaveLength(6);
	calls = 0;
	expect((await fieldsInEditor(emulator, { bizType: BIZ_TYPE, options: { maxAttempts: 1 } })).error).toMatch(/could not be read/);
});

it('the node offers them to the editor', () => {
	const node = new KingdeeJdyCustomSave();
	const mapper = node.description.properties.find(({ name }) => name === 'mapper');
	expect(mapper?.typeOptions).toMatchObject({ loadOptionsDependsOn: ['bizType'], resourceMapper: { resourceMapperMethod: 'getFields', supportAutoMap: true } });
	expect(typeof node.methods.resourceMapping.getFields).toBe('function');
});
