import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks the person at the terminal. What is hidden is not shown while it is typed. */
export type Ask = (question: string, isHidden?: boolean) => Promise<string>;

export const askAtTerminal: Ask = async (question, isHidden = false) => {
	if (isHidden) process.stdout.write(`${question}: `);
	const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: isHidden ? nothing : process.stdout, terminal: process.stdin.isTTY });
	try {
		return await lines.question(isHidden ? '' : `${question}: `);
	} finally {
		lines.close();
		if (isHidden) process.stdout.write('\n');
	}
};

/** Whether the answer is yes. */
export async function agreed(ask: Ask, question: string): Promise<boolean> {
	return /^y(es)?$/i.test((await ask(`${question} [y/N]`)).trim());
}
