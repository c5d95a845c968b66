import { attempt, runCommand } from './programs.mts';

export function isOnPath(command: string): boolean {
	try {
		runCommand('which', [command]);
		return true;
	} catch {
		return false;
	}
}

/** Installs Debian's packages. */
export function installDebian(packages: string[], log: (line: string) => void): void {
	log(`Installing ${packages.join(', ')} from Debian's packages`);
	attempt(3, () => {
		runCommand('apt-get', ['update', '-qq']);
		runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	});
}
