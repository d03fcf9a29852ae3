// Counts the keys that a person presses and the decisions that he has to make, journey by journey. Keys pressed together are
// one; words that are typed are counted by their characters, apart. Decisions are named by the journeys. What is counted is
// written to target/bench/presses.json, which `bench presses` prints.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { expect, type Page } from '@playwright/test';

const target = resolve(import.meta.dirname, '../..', process.env.CARGO_TARGET_DIR ?? 'target');
const file = join(target, 'bench/presses.json');

/** The most keys for one task, by what it is: what is only seen needs none, another area one. */
export const LIMITS = { see: 0, go: 1, unclear: 2, pay: 2, any: 4 } as const;

interface Step {
  what: string;
  presses: number;
  /** Characters of words that a person types; they are no presses of their own. */
  typed: number;
  limit: number;
}

/** A figure of the bench. */
interface Counted {
  value: number;
  goal: number;
  note: string;
  /** The tasks of a journey that took more keys than their limit. */
  over?: string[];
}

/** Writes down what was counted: `humane.…` of the bench. */
export function write(name: string, counted: Counted): void {
  const others = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Counted>) : {};
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...others, [`humane.${name}`]: counted }, undefined, 1)}\n`);
}

/** The hands of a person who has no mouse. */
export class Keys {
  readonly #steps: Step[] = [];
  readonly #decisions: string[] = [];

  constructor(
    private readonly page: Page,
    /** Steps that are known to need more keys than their limit, how many, and why. */
    private readonly missed: Record<string, { presses: number; why: string }> = {},
  ) {}

  /** One task from the place where the last one has ended. */
  async task(what: string, limit: keyof typeof LIMITS, does: () => Promise<void>): Promise<void> {
    const step: Step = { what, presses: 0, typed: 0, limit: LIMITS[limit] };
    this.#steps.push(step);
    await does();
    const known = this.missed[what];
    if (known) expect(step.presses, `${what}: ${known.why}`).toBe(known.presses);
    else expect(step.presses, what).toBeLessThanOrEqual(step.limit);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.#now.presses++;
      await this.page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    this.#now.typed += text.length;
    await this.page.keyboard.type(text);
  }

  decides(what: string): void {
    this.#decisions.push(what);
  }

  /** Writes down the journey: its keys beside the sum of the limits of its tasks, and what had to be decided. */
  write(journey: string): void {
    const sum = (of: 'presses' | 'typed' | 'limit') => this.#steps.reduce((all, step) => all + step[of], 0);
    const typed = sum('typed') ? `, ${sum('typed')} characters typed` : '';
    const decisions = `decisions: ${this.#decisions.length}${this.#decisions.length ? ` (${this.#decisions.join('; ')})` : ''}`;
    const steps = this.#steps.map(({ what, presses }) => `${what} ${presses}`).join(', ');
    const over = this.#steps.filter(({ presses, limit }) => presses > limit);
    write(`presses_${journey}`, {
      value: sum('presses'),
      goal: sum('limit'),
      note: `${decisions}${typed}: ${steps}`,
      over: over.map(({ what, presses, limit }) => `${what} ${presses} of ${limit}`),
    });
  }

  get #now(): Step {
    const step = this.#steps.at(-1);
    if (!step) throw new Error('keys are pressed for a task');
    return step;
  }
}
