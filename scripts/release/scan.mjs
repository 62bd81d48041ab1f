// The rules of the official scan, without its downloads: `node scan.mjs source:<folder> packed:<folder> ...`.
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

for (const asked of process.argv.slice(2)) {
	const at = asked.indexOf(':');
	const patterns = asked.slice(0, at) === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
	const { passed, message, details } = await analyzePackage(asked.slice(at + 1), patterns);
	console.log(JSON.stringify({ asked, passed, message, details }));
}
