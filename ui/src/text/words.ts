// Words for the values of enums. A value without a text does not compile: see messages/*.json.
import type {
  Assumption,
  Certainty,
  ChangeView,
  Check,
  DeliveryState,
  DocumentKind,
  DocumentView,
  DocumentRow,
  DocumentState,
  Doubt,
  DoneHow,
  FactView,
  Field,
  FindingKind,
  Region,
  Later,
  Money,
  MoneyState,
  NoCode,
  Note,
  Origin,
  PaidHow,
  Period,
  PeriodUnit,
  PlannedView,
  PriorityReason,
  Reason,
  Relation,
  Rhythm,
  Settings,
  Side,
  SourceId,
  Stage,
  StartKind,
  StatusView,
  StepKind,
  TaskKind,
  TaskStatus,
  TaskView,
  Warning,
  Urgency,
  ValueForm,
  Weekend,
} from '../host/bindings';
import { fullDay, instantText, shortDay, timeText, todayOf } from './dates';
import { m, textOf } from './m';
import { incomingText, moneyText, numberText } from './values';

export const findingWord = (finding: FindingKind) => m[`finding_${finding}`]();
export const kindWord = (kind: DocumentKind) => m[`kind_${kind}`]();
/** A title that is shown on several lines: no line begins with the dot between its parts. */
export const titleText = (title: string) => title.replaceAll(' · ', '\u00a0· ');
/** What a document is, and of which day. */
export const kindAndDay = ({ kind, issue_date }: Pick<DocumentRow, 'kind' | 'issue_date'>) =>
  issue_date ? `${kindWord(kind)}, ${shortDay(issue_date)}` : kindWord(kind);
/** A letter that is done, in one line: `Car park Hafentor · Receipt · €12.50 · filed`. */
export const filedLine = ({ title, kind, amount }: Pick<DocumentRow, 'title' | 'kind' | 'amount'>) =>
  [title, kindWord(kind), amount ? moneyText(amount) : '', m.filed()].filter(Boolean).join(' · ');
/** Its sender, where the title does not name it; most do. */
export const unnamedSender = ({ title, correspondent }: DocumentRow) =>
  title.includes(correspondent ?? '') ? '' : correspondent;
/** `12,345 documents`; `more`: at least one more than that. */
export function documentsText(count: number, more = false): string {
  const shown = numberText(count);
  return more ? m.search_many({ shown }) : m.documents_count({ count, shown });
}
export const fieldWord = (field: Field) => m[`field_${field}`]();
const BILLS: DocumentKind[] = ['invoice', 'corrected_invoice', 'payment_slip', 'dunning', 'court_order', 'fine'];
const MONEY: TaskKind[] = ['pay', 'check_debit', 'expect_money'];

/**
 * What a fact of a document is called. What is "to pay" with a minus comes to the reader; where nothing follows about money, an
 * amount is one and a day is one, and nobody is told to pay.
 */
export function factWord(
  fact: Pick<FactView, 'field' | 'value'>,
  { kind, tasks }: Pick<DocumentView, 'kind' | 'tasks'>,
) {
  if (comesToReader(fact)) return m.field_amount_due_comes();
  const isAboutMoney = BILLS.includes(kind) || tasks.some((task) => MONEY.includes(task.kind));
  if (!isAboutMoney && fact.field === 'amount_due') return m.field_amount_named();
  if (!isAboutMoney && fact.field === 'due_date') return m.field_day_named();
  return fieldWord(fact.field);
}
export const comesToReader = ({ field, value }: Pick<FactView, 'field' | 'value'>) =>
  field === 'amount_due' && (value?.startsWith('-') ?? false);
export const stateWord = (state: DocumentState) => m[`state_${state}`]();
export const statusWord = (status: Exclude<TaskStatus, 'done' | 'cancelled'>) => m[`status_${status}`]();
export const taskWord = (kind: TaskKind) => m[`task_${kind}`]();
export const doneWord = (how: DoneHow) => m[`done_how_${how}`]();
export const laterWord = (later: Later) => (typeof later === 'string' ? m[`later_${later}`]() : instantText(later.at));
export const noCodeWords = (why: NoCode) => m[`no_code_${why}`]();
export const warningWords = (warning: Warning) =>
  warning.warning === 'unknown_claim' && warning.for_another
    ? m.warning_claim_for_another()
    : m[`warning_${warning.warning}`]();
export const sideWord = (side: Side, words: string) => m[`rule_found_${side}`]({ words });
export const relationWord = (relation: Relation) => m[`relation_${relation}`]();
/** What a letter of a case is to another one. */
export const letterWord = (relation: Relation, title: string) => m[`letter_${relation}`]({ title });
export const paidHowWord = (how: PaidHow) => m[`paid_how_${how}`]();
export const checkWord = (check: Check) => m[`check_${check}`]();
export const certaintyWord = (certainty: Certainty) => m[`certainty_${certainty}`]();
export const originWord = (origin: Origin) => m[`origin_${origin}`]();
export const sourceWord = (source: SourceId) => m[`source_${source}`]();
export const regionWord = (land: Region) => m[`land_${land}`]();

export const urgencyWord = (urgency: Urgency) => m[`urgency_${urgency}`]();
export const stageWord = (stage: Stage) => m[`stage_${stage}`]();
export const deliveryWord = (state: DeliveryState) => m[`delivery_${state}`]();
export const rhythmWord = (rhythm: Rhythm) => m[`rhythm_${rhythm}`]();
export const weekendWord = (weekend: Weekend) => m[`weekend_${weekend}`]();
/** A channel newer than this interface is called by its id. */
export const channelWord = (id: string) => textOf(`channel_${id}`) ?? id;

/** A step as an instruction; one of a person's own is its own words. */
export const stepWords = (step: string) => textOf(`step_${step}`) ?? step;

/** The first step that is not done yet. */
export function nextStepWords({ checklist }: Pick<TaskView, 'checklist'>): string | undefined {
  const next = checklist.find(({ done }) => !done);
  return next && stepWords(next.step);
}

/** The rule that a deadline was worked out by. */
export const ruleWord = (id: string) => textOf(`rule_${id}`);

/** A task about a right; its status and how it was done where they are known. */
type AboutRight = Pick<TaskView, 'kind' | 'rule'> & Partial<Pick<TaskView, 'status' | 'done_how'>>;

/** What a task asks for: a right that nobody has begun to use asks to check its letter, for to object is no duty. */
export function askWords(task: AboutRight): string {
  if (task.kind === 'other' && task.rule === 'response') return m.task_respond();
  if (task.kind !== 'object' || !task.rule) return taskWord(task.kind);
  const isUsed = task.status === 'in_progress' || task.status === 'waiting' || task.done_how === 'sent';
  const words = isUsed ? textOf(`right_use_${task.rule}`) : textOf(`right_check_${task.rule}`);
  return words ?? taskWord(task.kind);
}

/** What a right is called that a letter gives: objection, suit, withdrawal; undefined for other tasks. */
export const rightName = ({ kind, rule }: AboutRight) =>
  kind === 'object' && rule ? textOf(`right_name_${rule}`) : undefined;

/** The two answers to a right that nobody has begun to use; undefined for other tasks. */
export function rightWords({ kind, rule, status }: AboutRight): { fits: string; wish: string } | undefined {
  if (kind !== 'object' || !rule || status !== 'open') return undefined;
  const [fits, wish] = [textOf(`right_fits_${rule}`), textOf(`right_wish_${rule}`)];
  return fits && wish ? { fits, wish } : undefined;
}

/** What a screen reader calls a button that is about a task, for there may be as many alike as there are tasks: `Done: pay, water bill`. */
export function buttonName(button: string, task: AboutRight & Pick<TaskView, 'title'>): string {
  // What a person has written down says itself what is to be done.
  const named = task.kind === 'other' ? task.title : `${askWords(task)}, ${task.title}`;
  return m.button_of({ button, task: named });
}

/** How a task ended. */
export function endWords({ status, done_how }: Pick<TaskView, 'status' | 'done_how'>): string {
  if (status === 'cancelled' && done_how !== 'lapsed') return m.cancelled();
  return done_how ? doneWord(done_how) : '';
}

/** What a letter would become, in a few words: `pay 98.50 € by 1 Dec 2025`. */
export function plannedWords({ over, late, ...planned }: PlannedView): string {
  const words = openPlannedWords(planned);
  if (over) return m.becomes_over({ what: words });
  return late ? m.becomes_late({ what: words }) : words;
}

function openPlannedWords({
  kind,
  rule,
  due,
  due_time,
  latest,
  assumed,
  amount,
}: Omit<PlannedView, 'over' | 'late'>): string {
  const sum = amount ? moneyText(amount) : m.an_amount();
  const what =
    kind === 'pay'
      ? m.becomes_pay({ amount: sum })
      : kind === 'check_debit'
        ? m.becomes_debit({ amount: sum })
        : kind === 'expect_money'
          ? m.becomes_money({ amount: sum })
          : askWords({ kind, rule });
  const on = kind === 'check_debit' ? (latest ?? due) : due;
  if (!on) return what;
  const day = shortDay(on) + (due_time ? `, ${timeText(due_time)}` : '') + (assumed ? '?' : '');
  const right = rightName({ kind, rule });
  if (right) return m.becomes_right({ name: right, day });
  return kind === 'check_debit' || kind === 'attend' ? m.becomes_on({ what, day }) : m.becomes_by({ what, day });
}

/** The fields by which a letter asks for something. */
const ASKED_BY: Field[] = ['amount_due', 'total_gross', 'due_date', 'respond_by'];

/** Which of the planned tasks a letter may ask for, where that is not sure: the first payment or answer. */
export function askedTask({ doubts }: Pick<DocumentView, 'doubts'>, plan: PlannedView[]): PlannedView | undefined {
  const isUnsure = doubts.some((doubt) => ('field' in doubt ? ASKED_BY.includes(doubt.field) : doubt.doubt === 'kind'));
  const asks = ({ kind, rule, over }: PlannedView) =>
    !over && (kind === 'pay' || (kind === 'other' && rule === 'response'));
  return isUnsure ? plan.find(asks) : undefined;
}

/** What a letter may ask for, as a question: how much, by which day. A day that is only proposed is none. */
export function askedWords({ kind, amount, due, latest, assumed }: PlannedView, said?: string | null): string {
  const last = assumed ? null : (said ?? latest ?? due);
  const day = last && fullDay(last);
  const sum = kind === 'pay' && amount ? moneyText(amount) : '';
  if (sum) return day ? m.asks_for({ amount: sum, day }) : m.asks_for_amount({ amount: sum });
  return day ? m.asks_by({ day }) : m.asks_for_something();
}

/** The amount of a task; with what it is, where what is to be done does not say that. */
export function taskMoney({ kind }: Pick<TaskView, 'kind'>, amount: Money): string {
  if (kind === 'expect_money') return incomingText(amount);
  const word = AMOUNTS[kind]?.();
  return word ? `${word} ${moneyText(amount)}` : moneyText(amount);
}
const AMOUNTS: Partial<Record<TaskKind, () => string>> = {
  cancel_or_keep: m.money_stated_price,
  object: m.money_stated_claim,
  pick_up: m.money_to_pay_undated,
  redeem: m.money_stated_worth,
};

/** The amount of a document. Its state says which way it goes: no minus stands beside it. */
export function documentMoney({ amount, currency }: Money, money: MoneyState | null): string {
  if (money?.state === 'comes' || money?.state === 'should_have_come' || money?.state === 'came')
    return incomingText({ amount, currency });
  return moneyText({ amount: money && money.state !== 'stated' ? amount.replace(/^-/, '') : amount, currency });
}

/** Which way money goes and where it stands: `to pay by 1 Dec 2025`. `perhaps`: its letter waits for a look. */
export function moneyWords(money: MoneyState, perhaps = false): string {
  if (perhaps && money.state === 'should_have_come')
    return m.money_should_have_come_perhaps({ day: shortDay(money.until) });
  const said = settledMoneyWords(money);
  return perhaps && money.state !== 'stated' ? m.money_perhaps({ what: said }) : said;
}

function settledMoneyWords(money: MoneyState): string {
  switch (money.state) {
    case 'to_pay':
    case 'part_paid':
    case 'comes':
      return money.until
        ? m[`money_${money.state}`]({ day: shortDay(money.until) })
        : m[`money_${money.state}_undated`]();
    case 'should_have_come':
      return m.money_should_have_come({ day: shortDay(money.until) });
    case 'should_be_debited':
      return m.money_should_be_debited({ day: shortDay(money.on) });
    case 'will_be_debited':
    case 'came':
    case 'was_due':
      return money.on ? m[`money_${money.state}`]({ day: shortDay(money.on) }) : m[`money_${money.state}_undated`]();
    case 'paid':
      if (!money.on) return m.money_paid_undated();
      return money.how
        ? m.money_paid_how({ day: shortDay(money.on), how: m[`paid_by_${money.how}`]() })
        : m.money_paid({ day: shortDay(money.on) });
    case 'not_needed':
      return m.money_not_needed();
    case 'stated':
      return m[`money_stated_${money.what}`]();
  }
}

/** How a deadline was worked out: where the count starts, what each step does, what was assumed, what else to know. */
export const startWord = (start: StartKind) => m[`count_start_${start}`]();
export const countStepWord = (step: StepKind) => m[`count_step_${step}`]();
export const noteWords = (note: Note) => m[`count_note_${note}`]();
export const assumptionWord = (assumption: Assumption) => m[`assume_${assumption.what}`]();
export const periodWords = ({ count, unit }: Period) => m[`period_${unit}`]({ count });
export const unitWord = (unit: PeriodUnit) => m[`unit_${unit}`]();

const SETTINGS: Record<keyof Settings, () => string> = {
  language: m.set_language,
  theme: m.set_theme,
  inbox_folder: m.set_inbox,
  keep_originals: m.set_keep,
  second_reader: m.set_second_reader,
  land: m.set_land_name,
  time_zone: m.set_zone,
  own_names: m.set_own_names,
  reminder_slots: m.set_slots,
  quiet_from: m.set_quiet,
  quiet_until: m.set_quiet,
  critical_breaks_quiet: m.set_critical,
  reminder_slots_by_kind: m.set_by_kind,
  weekend: m.set_weekend,
  most_notifications_a_day: m.set_most,
  hourly_when_overdue: m.set_hourly,
  reminder_channels: m.set_channels,
  start_at_login: m.set_login,
  backup_folder: m.backup_folder,
  lock_after_minutes: m.lock_after,
  lock_before_sleep: m.lock_before_sleep,
  while_locked: m.while_locked,
  celebrate: m.set_celebrate,
  told_about_tray: m.op_change_setting,
};

/** The name of a setting, by its key. */
export const settingWord = (key: string): string =>
  Object.entries(SETTINGS).find(([name]) => name === key)?.[1]() ?? m.op_change_setting();

/** What was done, for a step of the history. */
export const operationWord = (op: string) => textOf(`op_${op}`);

/** Which value a step changed. */
export function changedWord({ of, value, is_field: isField }: ChangeView): string {
  if (isField) return textOf(`field_${value}`) ?? value;
  if (of === 'setting') return settingWord(value);
  return textOf(`changed_${value}`) ?? textOf(value) ?? value;
}

const FORMS: Partial<Record<ValueForm, string>> = {
  kind: 'kind_',
  state: 'state_',
  status: 'status_',
  task_kind: 'task_',
  done_how: 'done_how_',
  urgency: 'urgency_',
  relation: 'relation_',
};

/** A value that a step changed, as it is said elsewhere. */
export function valueWord(form: ValueForm, value: string): string {
  if (form === 'flag') return value === '0' ? m.no() : m.yes();
  const prefix = FORMS[form];
  return (prefix && textOf(`${prefix}${value}`)) ?? value;
}

export function doubtWords(doubt: Doubt): string {
  switch (doubt.doubt) {
    case 'kind':
    case 'alarming':
      return m[`doubt_${doubt.doubt}`]();
    case 'picture':
      return m[`doubt_picture_${doubt.fault}`]({ page: doubt.page });
    case 'several_letters':
      return m.doubt_several_letters({ page: doubt.page });
    case 'page_order':
      return m.doubt_page_order();
    case 'further_part':
      return m.doubt_further_part();
    case 'missing':
    case 'unsure':
      return m[`doubt_${doubt.doubt}`]({ field: fieldWord(doubt.field) });
    case 'task_moves':
      return m.doubt_task_moves({ task: taskWord(doubt.task), from: dayOrNone(doubt.from), to: dayOrNone(doubt.to) });
    case 'task_amount':
      return m.doubt_task_amount({
        task: taskWord(doubt.task),
        from: amountOrNone(doubt.from),
        to: amountOrNone(doubt.to),
      });
    case 'task_goes':
      return m.doubt_task_goes({ task: taskWord(doubt.task) });
  }
}

const dayOrNone = (day: string | null) => (day ? shortDay(day) : m.no_day());
const amountOrNone = (money: Money | null) => (money ? moneyText(money) : m.no_amount());

/** How many documents are computed again, and whether that is held up. */
export function recomputeText({ to_recompute: count, backlog_paused }: StatusView): string {
  const shown = numberText(count);
  return backlog_paused ? m.recompute_paused({ count, shown }) : m.recompute_goes_on({ count, shown });
}

/** How many letters the second reader still reads. */
export const secondReadingsText = (count: number) => m.second_readings({ count, shown: numberText(count) });

/** Why a task is pressing. Past its safe day a task may still be possible. */
export function reasonWords(reason: PriorityReason, task: TaskView): string {
  switch (reason.reason) {
    case 'days_left':
      return reason.days === 0 ? m.reason_today() : m.reason_days_left({ count: reason.days });
    case 'kind':
      return m.reason_kind({ kind: kindWord(reason.kind) });
    case 'overdue':
      return task.latest && task.latest >= todayOf(task) ? m.reason_past_safe() : m.reason_overdue();
    case 'no_date':
    case 'amount':
    case 'chosen':
      return m[`reason_${reason.reason}`]();
  }
}

/** What was seen on a letter, for a kind or a value. Names of fields are said as everywhere. */
export function reasonOfWords({ seen, words }: Reason): string {
  const names = seen === 'also_field' || seen === 'has_field';
  const shown = names && words ? (textOf(`field_${words}`) ?? words) : (words ?? '');
  return m[`seen_${seen}`]({ words: shown });
}

/** What a date that was proposed and not read asks the person. */
export function assumedWords(task: TaskView): string {
  if (task.kind === 'pay') return m.assumed_pay();
  return task.kind === 'object' ? m.assumed_object() : m.assumed_other();
}
