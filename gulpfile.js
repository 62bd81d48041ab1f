const { dest, src } = require('gulp');

/** tsc compiles; what n8n also reads beside the compiled files is copied: icons and codex files. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json'], { base: '.' }).pipe(dest('dist'));
}

exports.default = assets;
