import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist', 'src/text/compiled', 'src/host/bindings.ts', 'project.inlang'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    // Only src/host may know how Rust is reached.
    files: ['src/**'],
    ignores: ['src/host/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*'] }] },
  },
);
