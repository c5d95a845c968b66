import { codes, errcodeOf, isDone, isRefusedByRule } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';

const ONE_ROW = { page: '1', page_size: '1' };

/** A read of each module that takes nothing but a page, as far as there is one. */
const READS: Array<[module: string, name: string, path: string, query?: Record<string, string>]> = [
	['bd', 'Master data', 'bd/customer'],
	['scm', 'Supply chain', 'scm/sal_order'],
	['arap', 'Receivables and payables', 'arap/ar_credit'],
	['fi', 'Finance', 'fi/voucher'],
	['pm', 'Production', 'pm/mo_taskbill'],
	['ls', 'Retail', 'ls/store'],
	['inv', 'Stock reports', 'inv/inv_inventory_ims'],
	['sal', 'Sales reports', 'sal/sal_summary_rpt_ims'],
	['fp', 'Invoices', 'fp/invoice_kp'],
	['ebx', 'Reimbursements', 'ebx/reimb_detail'],
	['sys', 'System', 'sys/country_load', {}],
];

function readModule(name: string, path: string, query: Record<string, string>): (context: ProbeContext) => Promise<Finding> {
	return async (context) => {
		const answer = await context.call(path, query);
		const [code, seen] = [errcodeOf(answer) ?? answer.status, codes(answer)];
		if (isDone(answer)) return confirmed(seen);
		if (isRefusedByRule(answer)) return confirmed(seen, 'It wants more than a page, and so was let through.');
		if (code === 4012) return contradicted(seen, `Add the permission for ${name} to the app on open.jdy.com.`);
		if (answer.status === 519 || code === 1040003000) return contradicted(seen, `${name} is not part of the edition of this account, or the path is not known there.`);
		return open(seen);
	};
}

export const moduleProbes: Probe[] = READS.map(([module, name, path, query = ONE_ROW]) => ({
	id: `module.${module}`,
	layer: 'Modules' as const,
	assumption: `${name} (\`${module}\`) may be read`,
	mark: '-' as const,
	anchor: 'Refusals and failures',
	calls: 1,
	needs: ['router'],
	run: readModule(name, path, query),
}));
