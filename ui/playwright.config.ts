// Tests of the whole interface in Debian's Chromium, against `workmate-cli serve`. Playwright downloads nothing.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/playwright',
  // The machine of CI has two cores, and the server needs one of them.
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [['list']],
  snapshotPathTemplate: 'tests/pictures/{arg}{ext}',
  // Another Chromium smooths letters a little differently; what is moved, cut off or gone is more than this.
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.01 } },
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'Europe/Berlin',
  },
  projects: [
    { name: 'areas', testMatch: '*.spec.ts' },
    // `make screenshots`: not a test, so it runs only when it is named.
    { name: 'screenshots', testMatch: 'screenshots.ts' },
    { name: 'figures', testMatch: 'figures.ts' },
  ],
});
