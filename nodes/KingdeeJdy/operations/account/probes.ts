import { reports, types } from '../../catalogue/catalogue';
import { shortPath } from '../../catalogue/loading/calls';
import { moduleNameOf } from '../../catalogue/loading/modules';
import type { ModuleName } from '../../catalogue/loading/modules';
import type { Call } from '../../catalogue/types';

/** What JDY and the editor call the modules, in the order in which they are checked. */
export const MODULES: Record<ModuleName, string> = {
	bd: 'Base Data',
	sys: 'System',
	scm: 'Supply Chain',
	arap: 'Receivables and Payables',
	fi: 'Finance',
	ls: 'Retail',
	pm: 'Production',
};

/** A type or a report, and the call that shows whether it can be read. */
export interface Probe {
	kind: 'type' | 'report';
	/** As the fields Type and Report take it: `scm/sal_order`. */
	path: string;
	name: string;
	chineseName: string;
	/** `Supply Chain` */
	module: string;
	call: Call;
}

function* probesOf(all: Awaited<ReturnType<typeof types>>, reported: readonly Call[]): Generator<Omit<Probe, 'module'>> {
	for (const { value, name, nameZh, list } of all) if (list) yield { kind: 'type', path: value, name, chineseName: nameZh, call: list };
	for (const call of reported) {
		// A list among the reports goes by the name of its type.
		yield { kind: 'report', path: shortPath(call.path), name: call.name.replace(/: List$/, ''), chineseName: call.nameZh.replace(/列表$/, ''), call };
	}
}

/** Every type that can be listed and every report of these modules, by module. */
export async function probesFor(modules: readonly string[]): Promise<Probe[]> {
	const found = [...probesOf(await types(), await reports())];
	return Object.entries(MODULES).flatMap(([name, module]) =>
		modules.includes(name) ? found.filter(({ path }) => moduleNameOf(path) === name).map(({ call, ...probe }) => ({ ...probe, module, call })) : [],
	);
}
