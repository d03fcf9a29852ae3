// A running Workmate with the sample letters, for every test file one of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base, type Page } from '@playwright/test';

import type { Commands } from '../src/host/bindings';

const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const program = process.env.WORKMATE_CLI ?? join(target, 'debug/workmate-cli');
const env = {
  WORKMATE_PDFIUM: join(root, 'assets/pdfium/libpdfium.so'),
  WORKMATE_OCR_MODELS: join(root, 'assets/ocr-models'),
  // The sample letters are of this month.
  WORKMATE_CLOCK_START: '2026-11-20T09:00:00Z',
  ...process.env,
};

export class Workmate {
  readonly profile: string;
  #address = '';
  #server?: ChildProcess;
  readonly #kept: boolean;

  /** A profile in a folder that is removed at the end, or one that is there already; `clock`: when its story begins. */
  constructor(
    profile?: string,
    private readonly clock?: string,
  ) {
    this.#kept = profile !== undefined;
    this.profile = profile ?? mkdtempSync(join(tmpdir(), 'workmate-ui-'));
  }

  get #env() {
    return this.clock ? { ...env, WORKMATE_CLOCK_START: this.clock } : env;
  }

  cli(...args: string[]): string {
    return execFileSync(program, ['--profile', this.profile, ...args], { env: this.#env, encoding: 'utf8' });
  }

  /** Runs a command beside the window. */
  call<C extends keyof Commands>(name: C, input: Commands[C]['input']): Commands[C]['output'] {
    return JSON.parse(this.cli('call', name, JSON.stringify(input))) as Commands[C]['output'];
  }

  importSamples(): void {
    this.importFolder('assets/samples');
  }

  /** Takes in a folder of the repository. */
  importFolder(folder: string): void {
    this.cli('import', join(root, folder), '--wait');
  }

  /** Takes in letters of plain text, by the names of their files. */
  importTexts(letters: Record<string, string>): void {
    const folder = mkdtempSync(join(tmpdir(), 'workmate-letters-'));
    for (const [name, text] of Object.entries(letters)) writeFileSync(join(folder, `${name}.txt`), text);
    this.cli('import', folder, '--wait');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Starts the server and knows its address with the token. */
  async serve(): Promise<void> {
    const server = spawn(program, ['--profile', this.profile, 'serve', '--ui', join(root, 'ui/dist')], {
      env: this.#env,
    });
    this.#server = server;
    for await (const line of createInterface({ input: server.stdout })) {
      if (!line.includes('token=')) continue;
      this.#address = line.trim();
      return;
    }
    throw new Error('workmate-cli serve ended before it printed its address');
  }

  /** Opens the window, at an area or a place in it. */
  async open(page: Page, place = ''): Promise<void> {
    await page.goto(`${this.#address}#/${place}`);
    await page
      .locator(`[data-area="${place.split('/')[0] || 'today'}"] h1`)
      .first()
      .waitFor({ state: 'attached' });
  }

  /** Ends the server, and removes the profile when nothing writes into it any more. */
  async end(): Promise<void> {
    const server = this.#server;
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    }
    if (!this.#kept) rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** `workmate` lives as long as the tests of a file run, and has the sample letters. */
export const test = base.extend<object, { workmate: Workmate }>({
  workmate: [
    async ({}, use) => {
      const workmate = new Workmate();
      workmate.importSamples();
      await workmate.serve();
      await use(workmate);
      await workmate.end();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
