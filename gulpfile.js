const { minifySync } = require('@swc/core');
const { dest, parallel, src } = require('gulp');
const { Transform } = require('node:stream');
const { deflateRawSync } = require('node:zlib');

const { homepage } = require('./package.json');

/** Stands in the sources for the homepage, which only package.json knows. */
const PLACEHOLDER = 'https://homepage.invalid/';

/** Changes the text of each file on its way. */
function changed(change) {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(change(file.contents.toString('utf8')));
			done(null, file);
		},
	});
}

const withHomepage = () => changed((text) => text.replaceAll(PLACEHOLDER, homepage.replace(/#.*$/, '')));
const withoutSpaces = () => changed((text) => minifySync(text, { compress: false, mangle: false }).code);
const minified = () => changed((text) => JSON.stringify(JSON.parse(text)));

/** The catalogue as `catalogue/loading/modules.ts` unpacks it: in the sources it is written to be read, here it is a sixth of that. */
const packed = () => changed((text) => JSON.stringify({ deflated: deflateRawSync(JSON.stringify(JSON.parse(text)), { level: 9 }).toString('base64') }));

/** Copies what the TypeScript compiler leaves behind: icons, codex, output schemas, and the catalogue. */
function icons() {
	return src('nodes/**/*.svg', { base: '.' }).pipe(dest('dist'));
}

function data() {
	return src(['nodes/**/*.json', '!nodes/KingdeeJdy/catalogue/data/*.json'], { base: '.' }).pipe(withHomepage()).pipe(minified()).pipe(dest('dist'));
}

function catalogue() {
	return src('nodes/KingdeeJdy/catalogue/data/*.json', { base: '.' }).pipe(packed()).pipe(dest('dist'));
}

/** Completes what the compiler wrote, and takes its spaces out: they are a fifth of the code. Every name stays. */
function compiled() {
	return src('dist/**/*.js', { base: '.' }).pipe(withHomepage()).pipe(withoutSpaces()).pipe(dest('.'));
}

exports.default = parallel(icons, data, catalogue, compiled);
