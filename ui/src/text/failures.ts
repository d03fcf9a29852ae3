// What went wrong, in words. Texts hang on the code; the engine's English message is only the last resort.
import type { Shape } from '../host/bindings';
import { m, textOf } from './m';

/** Words for the code of a failure or problem. */
export function failureText(failure: { code: string; message: string }): string {
  return textOf(`failure_${failure.code}`) ?? failure.message;
}

/** Why a typed value was not taken, with an example of what would be. */
export function correctionFailureText(failure: { code: string; message: string }, shape: Shape): string {
  return failure.code === 'bad_input' ? m[`wrong_${shape}`]() : failureText(failure);
}
