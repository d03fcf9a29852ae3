// Tests of the whole interface in Debian's Chromium, against `workmate-cli serve`. Where there is none (Ubuntu has only a snap),
// it is the one that .make/browser has fetched.
import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';

const debian = '/usr/bin/chromium';
const executablePath = process.env.CHROMIUM ?? (existsSync(debian) ? debian : undefined);

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/playwright',
  // The machine of CI has two cores, and the server needs one of them.
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [['list']],
  snapshotPathTemplate: 'tests/pictures/{arg}{ext}',
  expect: {
    // Arranging pages writes a file and reads it again, which on a busy machine takes longer than the usual five seconds.
    timeout: 20_000,
    // Another Chromium smooths letters a little differently; what is moved, cut off or gone is more than this.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01 },
  },
  use: {
    launchOptions: { executablePath, args: ['--no-sandbox'] },
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'areas', testMatch: '*.spec.ts' },
    // `make screenshots`: not a test, so it runs only when it is named.
    { name: 'screenshots', testMatch: 'screenshots.ts' },
    { name: 'figures', testMatch: 'figures.ts' },
    { name: 'refetches', testMatch: 'refetches.ts' },
  ],
});
