const { dest, parallel, src } = require('gulp');
const { Transform } = require('node:stream');

const { homepage } = require('./package.json');

/** Stands in the sources for the homepage, which only package.json knows. */
const PLACEHOLDER = 'https://homepage.invalid/';

/** Puts the homepage of package.json where a source has the placeholder. */
function withHomepage() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			const text = file.contents.toString('utf8').replaceAll(PLACEHOLDER, homepage.replace(/#.*$/, ''));
			file.contents = Buffer.from(text);
			done(null, file);
		},
	});
}

/** Copies what the TypeScript compiler leaves behind: the icons and the codex. */
function assets() {
	return src('nodes/**/*.{svg,json}', { base: '.' }).pipe(withHomepage()).pipe(dest('dist'));
}

/** Completes what the compiler wrote. */
function compiled() {
	return src('dist/credentials/*.js', { base: '.' }).pipe(withHomepage()).pipe(dest('.'));
}

exports.default = parallel(assets, compiled);
