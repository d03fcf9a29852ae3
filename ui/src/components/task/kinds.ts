// What differs between the sorts of tasks on screen.
import BadgeEuro from '@lucide/svelte/icons/badge-euro';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Landmark from '@lucide/svelte/icons/landmark';
import Package from '@lucide/svelte/icons/package';
import PenLine from '@lucide/svelte/icons/pen-line';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Scale from '@lucide/svelte/icons/scale';
import Ticket from '@lucide/svelte/icons/ticket';
import Wrench from '@lucide/svelte/icons/wrench';

import type { TaskKind } from '../../host/bindings';
import { m } from '../../text/m';

export const TASK_ICONS: Record<TaskKind, typeof CircleDot> = {
  pay: BadgeEuro,
  check_debit: Landmark,
  object: PenLine,
  cancel_or_keep: Scale,
  attend: CalendarClock,
  pick_up: Package,
  redeem: Ticket,
  renew: RefreshCw,
  maintain: Wrench,
  expect_money: HandCoins,
  await_confirmation: Hourglass,
  other: CircleDot,
};

export const TASK_KINDS = Object.keys(TASK_ICONS) as TaskKind[];

/** What the button says that ends a task. */
export function doneLabel(kind: TaskKind): string {
  switch (kind) {
    case 'check_debit':
      return m.noted();
    case 'cancel_or_keep':
      return m.decided();
    case 'expect_money':
      return m.received();
    case 'await_confirmation':
      return m.contract_confirmation_here();
    case 'pay':
    case 'object':
    case 'attend':
    case 'pick_up':
    case 'redeem':
    case 'renew':
    case 'maintain':
    case 'other':
      return m.done();
  }
}
