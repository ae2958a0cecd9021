import { defineConfig } from 'vitest/config';
import { catalogForVitest } from './scripts/catalog-module.mjs';

export default defineConfig({
  plugins: [catalogForVitest()],
  test: {
    environment: 'node',
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Without a size in the environment Ink starts a process for each look at the terminal's size.
    env: { COLUMNS: '100', LINES: '30' },
  },
});
