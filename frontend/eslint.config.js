import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** A floor of the house may not import the named floors above or beside it. */
const floor = (folder, forbidden) => ({
  files: [`src/${folder}/**/*.{ts,svelte}`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map((name) => ({ group: [`@/${name}/**`, `@/${name}`], message: `${folder}/ may not import ${name}/` })) },
    ],
  },
});

export default ts.config(
  { ignores: ['dist/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      'no-undef': 'off',
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      // Sets and queries made and dropped within one call need no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
      'max-lines': ['error', { max: 350, skipBlankLines: true }],
    },
  },
  floor('lib', ['ui', 'live', 'features', 'app', 'viewer']),
  floor('live', ['ui', 'features', 'app', 'viewer']),
  floor('ui', ['features', 'app', 'viewer', 'live']),
  floor('features', ['app']),
  floor('viewer', ['ui', 'lib', 'live', 'features', 'app']),
);
