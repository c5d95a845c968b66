import { settingsOf } from './switches.mts';

describe('the words of the command', () => {
	it.each([
		[['8443', '--tls'], {}],
		[['--nonceOnce=true', '--routerHeader=required', '--callsPerMinute=60', '--missingModules=pm,ls'], { nonceOnce: true, routerHeader: 'required', callsPerMinute: 60, missingModules: ['pm', 'ls'] }],
	])('%j', (words, settings) => expect(settingsOf(words)).toEqual(settings));

	it('take the documentation by its letter with --strict, whatever else is said', () => {
		expect(settingsOf(['--strict', '--fieldTypes=loose'])).toMatchObject({ requiredFields: 'documented', nonceOnce: true, fieldTypes: 'loose' });
	});

	it.each(['--nonce=once', '--now=1', '--accounts=[]', '--verbose'])('%s is none of them', (word) => {
		expect(() => settingsOf([word])).toThrow(`${word} is no setting`);
	});
});
