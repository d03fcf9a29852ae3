import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const paraglide = paraglideVitePlugin({
  project: 'project.inlang',
  outdir: 'src/text/compiled',
  strategy: ['baseLocale'],
  outputStructure: 'locale-modules',
});

export default defineConfig({
  // `npm test` has compiled the texts already
  plugins: [process.env.VITEST ? svelteTesting() : paraglide, tailwindcss(), svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: { target: 'safari16', chunkSizeWarningLimit: 700 },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: 'src/testing/setup.ts',
    testTimeout: 30_000,
    // Longer than the window waits between two refetches.
    expect: { poll: { timeout: 10_000 } },
  },
});
