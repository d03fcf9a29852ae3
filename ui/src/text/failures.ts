// What went wrong, in words. Texts hang on the code; the engine's English message is only the last resort.
import type { FailureCode, Shape } from '../host/bindings';
import { HostFailure } from '../host/host';
import { m, textOf } from './m';

/** Words for the code of a failure or problem. A code without words does not compile. */
export function failureText(failure: { code: FailureCode; message: string }): string {
  if (failure.code === 'unknown') return failure.message;
  return textOf(`failure_${failure.code}` satisfies keyof typeof m) ?? failure.message;
}

/** Does the work of a form; what went wrong with it, to be shown beside its fields, or an empty text. */
export async function failureOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return '';
  } catch (thrown) {
    return failureText(HostFailure.from(thrown));
  }
}

/** Why a typed value was not taken, with an example of what would be. */
export function correctionFailureText(failure: { code: FailureCode; message: string }, shape: Shape): string {
  return failure.code === 'bad_input' ? m[`wrong_${shape}`]() : failureText(failure);
}
