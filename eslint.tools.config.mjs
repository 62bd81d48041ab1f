import js from '@eslint/js';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Code that needs Node itself (simulator, scripts, tests of both), which n8n's own rules do not cover. */
export default tseslint.config(globalIgnores(['dist', 'coverage', 'node_modules', '.n8n-demo']), {
	files: ['**/*.{cts,mts}'],
	extends: [js.configs.recommended, tseslint.configs.strict],
	linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
	rules: { '@typescript-eslint/no-invalid-void-type': 'off' },
});
