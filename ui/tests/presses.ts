// Counts the keys that a person presses and the decisions that he has to make, journey by journey. Keys pressed together are
// one; words that are typed are counted by their characters, apart. Decisions are named by the journeys. What is counted is
// printed by `bench presses`.
import { expect, type Page } from '@playwright/test';

import { write } from './counted';

/** The most keys for one task, by what it is: what is only seen needs none, another area one. */
export const LIMITS = { see: 0, go: 1, unclear: 2, pay: 2, any: 4 } as const;

interface Step {
  what: string;
  presses: number;
  /** Characters of words that a person types; they are no presses of their own. */
  typed: number;
  limit: number;
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
