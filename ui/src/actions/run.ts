// How what a person does is run: what is said afterwards, and the offer to undo it.
import type { StepId, UndoneView } from '../host/bindings';
import type { CommandName, Host, Input, Output } from '../host/host';
import { acted } from '../host/refetch';
import { m } from '../text/m';
import { operationWord, settingWord } from '../text/words';
import type { Toast, Toasts } from '../components/toasts.svelte';

export class Run {
  constructor(
    readonly host: Host,
    readonly toasts: Toasts,
  ) {}

  /** Asks for something that changes nothing; if it fails, says why and gives undefined. */
  call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C> | undefined> {
    return this.toasts.attempt(() => this.host.call(name, input));
  }

  /** Changes something; if it fails, the failure is thrown, for who asks to say what was wrong. */
  send<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
    acted(this.host);
    return this.host.call(name, input);
  }

  /** Changes something, without a word about it. */
  change<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C> | undefined> {
    return this.toasts.attempt(() => this.send(name, input));
  }

  /** Changes something, says so and offers to undo just that, if there is something to undo. */
  async undoable<C extends CommandName>(
    name: C,
    input: Input<C>,
    said: (output: Output<C>) => string,
    tone: Toast['tone'] = 'calm',
  ): Promise<Output<C> | undefined> {
    acted(this.host);
    const answer = await this.toasts.attempt(() => this.host.change(name, input));
    if (answer === undefined) return undefined;
    const { output, step } = answer;
    this.toasts.show(said(output), step ? { label: m.undo(), step, run: () => this.undo(step) } : undefined, tone);
    return output;
  }

  /** Lets the person choose a folder; undefined where none was chosen. */
  chooseFolder(): Promise<string | undefined> {
    return this.toasts.attempt(async () => this.host.chooseFolder?.());
  }

  /** Makes a file and says where it is. */
  async made<C extends CommandName>(
    name: C & (Output<C> extends { path: string } ? C : never),
    input: Input<C>,
    said: (file: { path: string }) => string,
  ): Promise<void> {
    const file = (await this.call(name, input)) as { path: string } | undefined;
    if (file) this.toasts.show(said({ path: file.path }));
  }

  /** Takes this step back, or the newest one. */
  async undo(step?: StepId): Promise<void> {
    const undone = await this.change('history.undo', step ? { step } : null);
    if (undone === undefined) return;
    const taken = undone?.step ?? step;
    if (taken) this.toasts.withdraw(taken);
    const nothing = () => (step ? m.undone_already() : m.nothing_to_undo());
    this.toasts.show(undone ? undoneText(undone) : nothing());
  }
}

/** What a step was, in words. */
export function stepText({ op, label }: { op: string; label: string | null }): string {
  // The label of a changed setting is its key.
  if (op === 'change_setting' && label) return settingWord(label);
  return [label, operationWord(op)].filter(Boolean).join(', ');
}

function undoneText(step: UndoneView): string {
  const what = stepText(step);
  const left = step.skipped.map((skipped) => m.undo_left_as_it_is({ what: stepText(skipped) }));
  return [what ? m.undone({ what }) : m.undone_plain(), ...left].join(' ');
}
