import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'browser', '*.js'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `onClick={() => setOpen(true)}` is how handlers are written.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `noUncheckedIndexedAccess` is on: the mark stands where the code around has made sure.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `{ [name: string]: Json }` says what the key is.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // A walk along a chain of visits begins at this one.
      '@typescript-eslint/no-this-alias': ['error', { allowedNames: ['at'] }],
    },
  },
);
