// Figures of the bench that are counted in a browser: each run of a script writes them to target/bench/humane.json.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const target = resolve(import.meta.dirname, '../..', process.env.CARGO_TARGET_DIR ?? 'target');
const file = join(target, 'bench/humane.json');

export interface Counted {
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
