/**
 * `npm run test:account`: the check of an account against the emulator with its ordinary settings, with strict ones, with each
 * setting and each fault by itself, and over random firms whose values must not stand in a report. The last line is JSON.
 * With `-- --example` it writes docs/account-report.md.
 */
import { writeFileSync } from 'node:fs';

import { strict } from '../../emulator/settings.mts';
import { certificate } from '../../helpers/certificate.mts';
import { commandProblems } from './commandLine.mts';
import { problemsOf } from './compare.mts';
import { FAULTS, ORDINARY, SETTINGS, STRICT } from './deviations.mts';
import type { Deviation } from './deviations.mts';
import { checkEmulated, exampleReport } from './emulated.mts';
import { searchedFirm } from './firms.mts';

const FIRMS = 200;
const MOST_CALLS = 150;

if (process.argv.includes('--example')) {
	writeFileSync('docs/account-report.md', await exampleReport());
	process.exit();
}

const figures = { settings: 0, faults: 0, lines: 0, firms: 0, searched: 0, secretsOrValues: 0, mostCalls: 0, problems: 0 };
const complain = (name: string, problems: string[]): void => {
	figures.problems += problems.length;
	if (problems.length > 0) console.log(`✗ ${name}\n    ${problems.join('\n    ')}`);
};

// Takes its time, because it keeps its pace.
const command = commandProblems();
const { report: ordinary } = await checkEmulated();
figures.lines = ordinary.lines.length;
complain('ordinary settings', ordinary.lines.filter(({ id, verdict }) => verdict !== (ORDINARY[id] ?? 'confirmed')).map(({ id, verdict, seen }) => `${id}: ${verdict} ${JSON.stringify(seen)}`));

async function compare(deviation: Deviation): Promise<void> {
	const { report } = await checkEmulated(deviation);
	figures.mostCalls = Math.max(figures.mostCalls, report.calls);
	complain(deviation.name, problemsOf(deviation, ordinary, report));
}

const TLS: Deviation = { name: 'a certificate that nobody trusts', tls: await certificate(), changes: { network: 'seen', tls: 'contradicted' }, stops: true };

for (const deviation of [...SETTINGS, { name: 'strict settings', settings: strict, changes: STRICT }]) {
	await compare(deviation);
	figures.settings += 1;
}
for (const deviation of [...FAULTS, TLS]) {
	await compare(deviation);
	figures.faults += 1;
}
console.log(`${figures.settings} settings and ${figures.faults} faults, each with its own lines`);

for (let seed = 1; seed <= FIRMS; seed++) {
	const { leaks, searched, text } = await searchedFirm(seed);
	figures.firms += 1;
	figures.searched += searched;
	figures.secretsOrValues += leaks.length;
	complain(`firm ${seed}`, leaks.slice(0, 3));
	if (text.length < 5000) complain(`firm ${seed}`, ['hardly anything is in its report']);
}
if (figures.mostCalls > MOST_CALLS) complain('calls', [`${figures.mostCalls} of at most ${MOST_CALLS}`]);
complain('the command', await command);
console.log(JSON.stringify(figures));
const isAllTried = figures.settings > 0 && figures.faults > 0 && figures.searched > 0;
process.exitCode = isAllTried && figures.problems === 0 ? 0 : 1;
