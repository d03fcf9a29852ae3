// Generated from the command list in Rust: do not edit. `workmate-cli bindings` writes it, a test keeps it current.

/**
 * What followed from accepting.
 */
export type Accepted = { 
/**
 * Tasks that were made.
 */
tasks: Array<TaskView>, 
/**
 * The next document that waits for a look.
 */
next: DocumentId | null, };

/**
 * What the engine tells the window without being asked.
 */
export type AppEvent = { "event": "changed" } & Changed | { "event": "open_document", 
/**
 * Which.
 */
id: DocumentId, } | { "event": "open_task", 
/**
 * Which.
 */
id: TaskId, };

/**
 * One way in which the same file came in.
 */
export type ArrivalView = { 
/**
 * Where from.
 */
source: SourceId, 
/**
 * File name.
 */
name: string, 
/**
 * When.
 */
at: string, };

/**
 * Which work to call off.
 */
export type Cancel = { 
/**
 * One job; without it, everything that waits in the background.
 */
id: JobId | null, };

/**
 * Another value that could be meant.
 */
export type CandidateView = { 
/**
 * The value in the same form.
 */
value: string, 
/**
 * Its place on the page.
 */
evidence: Evidence | null, };

/**
 * One setting.
 */
export type ChangeSetting = { 
/**
 * Name of the field of the settings.
 */
key: string, 
/**
 * Its new value.
 */
value: JsonValue, };

/**
 * What changed, so that what is on screen can be fetched again.
 */
export type Changed = { 
/**
 * These documents were added, changed or removed.
 */
documents: Array<DocumentId>, 
/**
 * These tasks were.
 */
tasks: Array<TaskId>, 
/**
 * Reminders or their deliveries were.
 */
reminders: boolean, 
/**
 * The work list or its progress.
 */
jobs: boolean, 
/**
 * Problems.
 */
problems: boolean, 
/**
 * Settings.
 */
settings: boolean, 
/**
 * Something, by another process: fetch everything.
 */
all: boolean, };

/**
 * An independent reason to believe a value.
 */
export type Check = "structured" | "check_digits" | "sums_agree" | "code_agrees" | "sources_agree" | "labelled" | "confirmed";

/**
 * A task that was done.
 */
export type Completion = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * By what; by its kind if left out.
 */
how?: DoneHow, };

/**
 * A correction of one field.
 */
export type Correction = { 
/**
 * Which document.
 */
id: DocumentId, 
/**
 * Which field.
 */
field: Field, 
/**
 * The right value as typed; none means that the document does not say it.
 */
value: string | null, 
/**
 * The place on the page, if one was clicked.
 */
evidence?: Evidence, };

/**
 * A correspondent.
 */
export type CorrespondentId = string;

/**
 * An ISO 4217 currency code: three capital letters.
 */
export type Currency = string;

/**
 * A file that was derived from a document.
 */
export type Derived = { 
/**
 * Where it is.
 */
path: string, };

/**
 * A document.
 */
export type DocumentId = string;

/**
 * What a document is. The ids are the words of the command line, the database and the interface's texts.
 */
export type DocumentKind = "invoice" | "corrected_invoice" | "self_billed_invoice" | "accounting_info" | "payment_slip" | "dunning" | "credit_note" | "receipt" | "contract" | "price_increase" | "cancellation_confirmation" | "order_confirmation" | "delivery_note" | "pickup_notice" | "payslip" | "bank_statement" | "tax_notice" | "authority_letter" | "court_order" | "fine" | "insurance_policy" | "appointment" | "prescription" | "maintenance_report" | "warranty" | "event_registration" | "publication" | "identity_document" | "advertisement" | "letter" | "other";

/**
 * A part of the documents.
 */
export type DocumentList = { 
/**
 * Newest first.
 */
items: Array<DocumentRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Which documents to list; everything that is left out does not restrict.
 */
export type DocumentQuery = { 
/**
 * Where they stand.
 */
state?: DocumentState, 
/**
 * What they are.
 */
kind?: DocumentKind, 
/**
 * Words of the title, the sender or the text.
 */
text?: string, 
/**
 * Those in the trash instead of the others.
 */
trashed?: boolean, 
/**
 * At most so many; 100 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * A line in a list of documents.
 */
export type DocumentRow = { 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * One line for people.
 */
title: string, 
/**
 * What it is.
 */
kind: DocumentKind, 
/**
 * Where it stands.
 */
state: DocumentState, 
/**
 * Name of the sender.
 */
correspondent: string | null, 
/**
 * Date of the letter.
 */
issue_date: string | null, 
/**
 * Printed or counted day.
 */
due_date: string | null, 
/**
 * What is to be paid, or the total.
 */
amount: Money | null, 
/**
 * Number of pages.
 */
page_count: number, 
/**
 * When it came in.
 */
received_at: string, 
/**
 * In the trash since.
 */
trashed_at: string | null, };

/**
 * Where a document stands.
 */
export type DocumentState = "review" | "accepted" | "old_post";

/**
 * Everything about one document.
 */
export type DocumentView = { 
/**
 * The original, by content.
 */
file: FileId, 
/**
 * Name of the original.
 */
file_name: string, 
/**
 * Who sent it.
 */
correspondent_id: CorrespondentId | null, 
/**
 * How sure the kind is.
 */
kind_confidence: number, 
/**
 * Kinds it could also be.
 */
kinds: Array<RankedKind>, 
/**
 * Pages.
 */
pages: Array<PageView>, 
/**
 * Values, the important ones first.
 */
facts: Array<FactView>, 
/**
 * Why it is in review.
 */
doubts: Array<Doubt>, 
/**
 * What was odd.
 */
problems: Array<Problem>, 
/**
 * What is to be done.
 */
tasks: Array<TaskView>, 
/**
 * How it came in.
 */
arrivals: Array<ArrivalView>, 
/**
 * Documents that came in the same archive, mail or stack.
 */
came_with: Array<DocumentId>, 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * One line for people.
 */
title: string, 
/**
 * What it is.
 */
kind: DocumentKind, 
/**
 * Where it stands.
 */
state: DocumentState, 
/**
 * Name of the sender.
 */
correspondent: string | null, 
/**
 * Date of the letter.
 */
issue_date: string | null, 
/**
 * Printed or counted day.
 */
due_date: string | null, 
/**
 * What is to be paid, or the total.
 */
amount: Money | null, 
/**
 * Number of pages.
 */
page_count: number, 
/**
 * When it came in.
 */
received_at: string, 
/**
 * In the trash since.
 */
trashed_at: string | null, };

/**
 * By what a task was done.
 */
export type DoneHow = "paid" | "sent" | "called" | "other";

/**
 * A reason to have a person look.
 */
export type Doubt = { "doubt": "kind" } | { "doubt": "alarming" } | { "doubt": "missing", 
/**
 * Which.
 */
field: Field, } | { "doubt": "unsure", 
/**
 * Which.
 */
field: Field, };

/**
 * Who runs the engine (inbox folder, jobs, reminders) of this profile.
 */
export type EngineView = { "by": "here" } | { "by": "elsewhere", 
/**
 * Process id.
 */
pid: number, 
/**
 * `app`, `watch` or `import`.
 */
kind: string, } | { "by": "nobody" };

/**
 * The place that proves a value.
 */
export type Evidence = { 
/**
 * Page, counted from 1.
 */
page: number, 
/**
 * The place on it.
 */
rect: Rect, 
/**
 * The words there.
 */
text: string, };

/**
 * A value for a field, as shown: the chosen one with its other candidates.
 */
export type FactView = { 
/**
 * What it says something about.
 */
field: Field, 
/**
 * The form of the value.
 */
shape: Shape, 
/**
 * The value: ISO date, decimal string, account without spaces; none where a wanted field was not found.
 */
value: string | null, 
/**
 * How likely it is right.
 */
confidence: number, 
/**
 * Proven.
 */
certain: boolean, 
/**
 * A reason to ask the person about it.
 */
questioned: boolean, 
/**
 * Where it was read from.
 */
origin: Origin | null, 
/**
 * Its place on the page.
 */
evidence: Evidence | null, 
/**
 * Why to believe it.
 */
checks: Array<Check>, 
/**
 * Other values that were found, best first.
 */
candidates: Array<CandidateView>, };

/**
 * What went wrong, for the window, the command line and scripts. Texts of the interface hang on `code`, never on
 * `message`.
 */
export type Failure = { 
/**
 * Short stable word.
 */
code: string, 
/**
 * What happened, to which file or value, and what to do; English.
 */
message: string, 
/**
 * More for a bug report.
 */
detail: string | null, };

/**
 * The name of something a document can say. Names and forms are those of the command line's output.
 */
export type Field = "invoice_number" | "issue_date" | "due_date" | "total_gross" | "amount_due" | "total_net" | "tax_total" | "prepaid" | "currency" | "seller_name" | "seller_vat_id" | "seller_tax_number" | "seller_address" | "buyer_name" | "iban" | "bic" | "payee_name" | "debtor_iban" | "creditor_id" | "mandate_reference" | "payment_reference" | "payment_means_code" | "payment_terms" | "skonto" | "line_items" | "customer_number" | "contract_number" | "order_number" | "original_invoice_number" | "service_period" | "direct_debit_date" | "dunning_level" | "dunning_fee" | "appointment_start" | "appointment_place" | "expiry_date" | "contract_start" | "initial_term_months" | "notice_period" | "next_due_date" | "posting_or_letter_date";

/**
 * The SHA-256 of an original file, written as 64 lower-case hex digits: the name under which the archive keeps it,
 * so that `sha256sum` can still verify it in twenty years.
 */
export type FileId = string;

/**
 * How many steps to list.
 */
export type HistoryQuery = { 
/**
 * At most so many; 50 if left out.
 */
limit?: number, };

/**
 * Files or folders to take in.
 */
export type Import = { 
/**
 * Full paths; folders are walked.
 */
paths: Array<string>, };

/**
 * What became of a file.
 */
export type ImportOutcome = "taken" | "duplicate" | "refused";

/**
 * What became of one file.
 */
export type Imported = { 
/**
 * Its path as given or found.
 */
path: string, 
/**
 * What happened.
 */
outcome: ImportOutcome, 
/**
 * The file, when it was taken or known.
 */
file: FileId | null, 
/**
 * Its document, when it is already there.
 */
document: DocumentId | null, 
/**
 * Short stable word for why not.
 */
code: string | null, 
/**
 * Why not, and what to do.
 */
message: string | null, };

/**
 * One step of work on a file.
 */
export type JobId = string;

/**
 * A file being worked on.
 */
export type JobView = { 
/**
 * Its id.
 */
id: JobId, 
/**
 * The file.
 */
file: FileId, 
/**
 * Name of the file.
 */
name: string, 
/**
 * `queued` or `running`.
 */
state: string, 
/**
 * Pages done.
 */
page: number, 
/**
 * Pages in all; 0 while unknown.
 */
pages: number, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * Where the user lives, by the letters of ISO 3166-2:DE; AT and CH know only Sundays and national bank days.
 */
export type Land = "BW" | "BY" | "BE" | "BB" | "HB" | "HH" | "HE" | "MV" | "NI" | "NW" | "RP" | "SL" | "SN" | "ST" | "SH" | "TH" | "AT" | "CH";

/**
 * Language of the interface.
 */
export type Language = "system" | "de" | "en";

/**
 * When to come back.
 */
export type Later = "fifteen_minutes" | "one_hour" | "three_hours" | "tonight" | "tomorrow_morning" | "next_week";

/**
 * An amount in a currency. Crosses every edge as a decimal string.
 */
export type Money = { 
/**
 * The amount, in units of the currency.
 */
amount: string, 
/**
 * The currency.
 */
currency: Currency, };

/**
 * Letters older than their own deadlines: filed quietly, asked about once.
 */
export type OldPostView = { 
/**
 * Them all.
 */
documents: Array<DocumentRow>, };

/**
 * One document.
 */
export type OneDocument = { 
/**
 * Which.
 */
id: DocumentId, };

/**
 * One problem.
 */
export type OneProblem = { 
/**
 * Which.
 */
id: ProblemId, };

/**
 * One task.
 */
export type OneTask = { 
/**
 * Which.
 */
id: TaskId, };

/**
 * What a value was read from.
 */
export type Origin = "xml" | "text" | "ocr" | "code" | "derived" | "user";

/**
 * Where the words of a page come from.
 */
export type PageOrigin = "embedded" | "ocr" | "empty";

/**
 * A page to be shown; its picture comes from the page-image address of the host.
 */
export type PageView = { 
/**
 * Counted from 1.
 */
number: number, 
/**
 * Width in points.
 */
width: number, 
/**
 * Height in points.
 */
height: number, 
/**
 * Where its words come from.
 */
origin: PageOrigin, };

/**
 * For how long nothing reminds.
 */
export type Pause = "one_hour" | "until_tomorrow" | "resume";

/**
 * Pause all reminders.
 */
export type PauseReminders = { 
/**
 * For how long.
 */
pause: Pause, };

/**
 * Until when reminders are paused.
 */
export type Paused = { 
/**
 * Nothing reminds before; none when they are not paused.
 */
until: string | null, };

/**
 * Another day for a task.
 */
export type Postponement = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * The new day to act on.
 */
due: string, };

/**
 * Score, word and reasons.
 */
export type Priority = { 
/**
 * Time factor × kind factor × amount factor, rounded.
 */
score: number, 
/**
 * The word for it.
 */
urgency: Urgency, 
/**
 * Why.
 */
reasons: Array<PriorityReason>, };

/**
 * A factor of the score.
 */
export type PriorityReason = { "reason": "overdue" } | { "reason": "days_left", 
/**
 * Whole days until the due date.
 */
days: number, } | { "reason": "no_date" } | { "reason": "kind", 
/**
 * Which.
 */
kind: DocumentKind, } | { "reason": "amount" };

/**
 * Something that went wrong without stopping the rest, or the reason why a file could not be read.
 */
export type Problem = { 
/**
 * Short stable word on which texts hang, such as `password` or `truncated`.
 */
code: string, 
/**
 * What happened, to which file or page, and what to do; English.
 */
message: string, 
/**
 * Page, counted from 1, if it is about one.
 */
page: number | null, };

/**
 * Something that went wrong and that a person should know of.
 */
export type ProblemId = string;

/**
 * Something that went wrong and that a person should know of.
 */
export type ProblemView = { 
/**
 * Its id.
 */
id: ProblemId, 
/**
 * File or folder name.
 */
name: string, 
/**
 * Where it is now, if it still exists outside the archive.
 */
path: string | null, 
/**
 * Short stable word.
 */
code: string, 
/**
 * What happened and what to do.
 */
message: string, 
/**
 * When.
 */
at: string, };

/**
 * A kind with how likely it is.
 */
export type RankedKind = { 
/**
 * The kind.
 */
kind: DocumentKind, 
/**
 * 0–1.
 */
confidence: number, };

/**
 * A box on a page, in fractions of the page's width and height, origin at the top left, as the page is shown.
 */
export type Rect = { 
/**
 * Left edge, 0–1.
 */
x: number, 
/**
 * Top edge, 0–1.
 */
y: number, 
/**
 * Width, 0–1.
 */
w: number, 
/**
 * Height, 0–1.
 */
h: number, };

/**
 * A planned reminder.
 */
export type ReminderId = string;

/**
 * Where a reminder stands.
 */
export type ReminderState = "planned" | "delivered" | "snoozed" | "acknowledged" | "waiting";

/**
 * A reminder as shown.
 */
export type ReminderView = { 
/**
 * Its id.
 */
id: ReminderId, 
/**
 * What it is about.
 */
task: TaskId, 
/**
 * Title of the task.
 */
title: string, 
/**
 * How pressing.
 */
stage: Stage, 
/**
 * When it goes out next; none when it has ended.
 */
next_at: string | null, 
/**
 * Where it stands.
 */
state: ReminderState, };

/**
 * A kind for a document.
 */
export type SetKind = { 
/**
 * Which document.
 */
id: DocumentId, 
/**
 * What it is.
 */
kind: DocumentKind, };

/**
 * Everything that can be set. Kept in the database, one row for each field.
 */
export type Settings = { 
/**
 * Language of the interface, the tray and the notifications.
 */
language: Language, 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * Inbox folder; none means the usual place in the profile's neighbourhood.
 */
inbox_folder: string | null, 
/**
 * Leave originals in the inbox folder and remember them, instead of moving them into the archive.
 */
keep_originals: boolean, 
/**
 * Whose public holidays count.
 */
land: Land, 
/**
 * IANA name of the time zone.
 */
time_zone: string, 
/**
 * The user's own names: never taken for the sender.
 */
own_names: Array<string>, 
/**
 * Times of day for reminders.
 */
reminder_slots: Array<string>, 
/**
 * Quiet from …
 */
quiet_from: string, 
/**
 * … until.
 */
quiet_until: string, 
/**
 * May overdue things break the quiet hours?
 */
critical_breaks_quiet: boolean, 
/**
 * Start with the session; none until the person was asked.
 */
start_at_login: boolean | null, 
/**
 * The person was told that closing the window keeps the program in the tray.
 */
told_about_tray: boolean, };

/**
 * The answer to "all dealt with?".
 */
export type Settle = { 
/**
 * Which documents the answer is about.
 */
documents: Array<DocumentId>, 
/**
 * Yes: file them. No: make their tasks after all.
 */
dealt_with: boolean, };

/**
 * The form of a field's value.
 */
export type Shape = "text" | "date" | "date_time" | "amount" | "currency" | "iban" | "integer" | "skonto" | "lines";

/**
 * Put the reminders of a task off.
 */
export type Snooze = { 
/**
 * Which task.
 */
task: TaskId, 
/**
 * Until when.
 */
until: Later, };

/**
 * Where an arrival came from.
 */
export type SourceId = "inbox" | "drop" | "import" | "recovered";

/**
 * How pressing a contact is. Ordered: info < warning < urgent < critical.
 */
export type Stage = "info" | "warning" | "urgent" | "critical";

/**
 * How things stand around the documents.
 */
export type StatusView = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * The profile's folder.
 */
profile: string, 
/**
 * The inbox folder.
 */
inbox: string, 
/**
 * Who runs the engine.
 */
engine: EngineView, 
/**
 * Files being worked on.
 */
jobs: Array<JobView>, 
/**
 * The backlog is held up.
 */
backlog_paused: boolean, 
/**
 * What went wrong and was not dismissed.
 */
problems: Array<ProblemView>, 
/**
 * Documents waiting for a look.
 */
review_count: number, 
/**
 * Is there a tray to live in? None while unknown or without a window.
 */
tray: boolean | null, 
/**
 * Why no notification can be shown, if so.
 */
notifications_problem: string | null, 
/**
 * Reminders are paused until then.
 */
reminders_paused_until: string | null, };

/**
 * One undoable change.
 */
export type StepId = string;

/**
 * A change that can be undone.
 */
export type StepView = { 
/**
 * Its id.
 */
id: StepId, 
/**
 * The word for what was done, such as `complete_task`.
 */
op: string, 
/**
 * Was it a person, or the program?
 */
by_person: boolean, 
/**
 * What it was about, such as the title of the document.
 */
label: string | null, 
/**
 * When.
 */
at: string, 
/**
 * Has it been undone?
 */
undone: boolean, };

/**
 * Which tasks to list.
 */
export type TaskFilter = "open" | "done" | "all";

/**
 * A task.
 */
export type TaskId = string;

/**
 * What sort of thing is to be done.
 */
export type TaskKind = "pay" | "check_debit" | "object" | "cancel_or_keep" | "attend" | "pick_up" | "redeem" | "renew" | "maintain" | "expect_money" | "other";

/**
 * Which tasks to list; the open ones if left out.
 */
export type TaskQuery = { 
/**
 * Which.
 */
filter?: TaskFilter, };

/**
 * Where a task stands.
 */
export type TaskStatus = "open" | "in_progress" | "waiting" | "done" | "cancelled";

/**
 * A task as shown.
 */
export type TaskView = { 
/**
 * Its id.
 */
id: TaskId, 
/**
 * What it came from.
 */
document: DocumentId | null, 
/**
 * Kind of that document.
 */
document_kind: DocumentKind | null, 
/**
 * What sort of thing.
 */
kind: TaskKind, 
/**
 * Whom or what it is about.
 */
title: string, 
/**
 * The day to act on.
 */
due: string | null, 
/**
 * Time of that day.
 */
due_time: string | null, 
/**
 * The latest legal day.
 */
latest: string | null, 
/**
 * Whole days from today to `due`; negative when overdue.
 */
days_left: number | null, 
/**
 * The date was proposed, not read.
 */
assumed: boolean, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Who gets the money.
 */
payee: string | null, 
/**
 * Account to pay to, without spaces.
 */
iban: string | null, 
/**
 * What to write on the transfer.
 */
reference: string | null, 
/**
 * Id of the deadline rule.
 */
rule: string | null, 
/**
 * How the date was worked out.
 */
why: string, 
/**
 * Ids of the first steps.
 */
steps: Array<string>, 
/**
 * How pressing, with reasons.
 */
priority: Priority, 
/**
 * Where it stands.
 */
status: TaskStatus, 
/**
 * When it was done.
 */
done_at: string | null, 
/**
 * By what.
 */
done_how: DoneHow | null, 
/**
 * When the next reminder comes.
 */
next_reminder: string | null, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What matters now.
 */
export type TodayView = { 
/**
 * The user's calendar date.
 */
date: string, 
/**
 * At most three tasks.
 */
cards: Array<TaskView>, 
/**
 * The next ones, quietly.
 */
coming: Array<TaskView>, 
/**
 * How many open tasks there are in all.
 */
open_tasks: number, 
/**
 * How many documents wait for a look.
 */
review_count: number, 
/**
 * The first of them.
 */
review: Array<DocumentRow>, 
/**
 * Old post that has not been asked about.
 */
old_post: OldPostView | null, };

/**
 * What was undone, or done again.
 */
export type UndoneView = { 
/**
 * The word for what had been done, such as `complete_task`.
 */
op: string, 
/**
 * What it was about.
 */
label: string | null, };

/**
 * Four words for how pressing.
 */
export type Urgency = "low" | "medium" | "high" | "critical";

/** Every command by name, with its input and output. */
export interface Commands {
  /** How things stand: engine, jobs, problems, tray. */
  "status.get": { input: null; output: StatusView };
  /** What matters now. */
  "today.get": { input: null; output: TodayView };
  /** List documents, newest first. */
  "documents.list": { input: DocumentQuery; output: DocumentList };
  /** Everything about one document. */
  "documents.get": { input: OneDocument; output: DocumentView };
  /** Say what a document is. */
  "documents.set_kind": { input: SetKind; output: DocumentView };
  /** Put a document into the trash. */
  "documents.trash": { input: OneDocument; output: null };
  /** Take a document out of the trash. */
  "documents.restore": { input: OneDocument; output: null };
  /** Make a PDF of a document in which its words can be searched and copied; the original stays as it is. */
  "documents.searchable_pdf": { input: OneDocument; output: Derived };
  /** Documents that wait for a look, oldest first. */
  "review.list": { input: null; output: Array<DocumentRow> };
  /** Say what a field of a document really is. */
  "review.correct": { input: Correction; output: DocumentView };
  /** Confirm a document as shown and make its tasks. */
  "review.accept": { input: OneDocument; output: Accepted };
  /** List tasks. */
  "tasks.list": { input: TaskQuery; output: Array<TaskView> };
  /** One task. */
  "tasks.get": { input: OneTask; output: TaskView };
  /** A task is done. */
  "tasks.complete": { input: Completion; output: TaskView };
  /** A task is not done after all. */
  "tasks.reopen": { input: OneTask; output: TaskView };
  /** Move a task to another day. */
  "tasks.postpone": { input: Postponement; output: TaskView };
  /** List reminders that are still to come or wait to be seen. */
  "reminders.list": { input: null; output: Array<ReminderView> };
  /** Put the reminders of a task off; they come back. */
  "reminders.snooze": { input: Snooze; output: TaskView };
  /** Seen: silence this stage of a task's reminders, not the next one. */
  "reminders.acknowledge": { input: OneTask; output: TaskView };
  /** Pause all reminders, or resume them. */
  "reminders.pause": { input: PauseReminders; output: Paused };
  /** Answer whether old post has been dealt with. */
  "old_post.settle": { input: Settle; output: null };
  /** Take files or folders in. */
  "files.import": { input: Import; output: Array<Imported> };
  /** Make the sheet that is printed and laid between letters, to scan them as one stack. */
  "files.separator_page": { input: null; output: Derived };
  /** Hold the backlog up; letters that come in one by one are still read. */
  "jobs.pause": { input: null; output: null };
  /** Let the backlog go on. */
  "jobs.resume": { input: null; output: null };
  /** Call work off: one job, or the whole backlog. */
  "jobs.cancel": { input: Cancel; output: number };
  /** Try again what a problem is about. */
  "problems.retry": { input: OneProblem; output: number };
  /** A problem has been seen. */
  "problems.dismiss": { input: OneProblem; output: null };
  /** All settings. */
  "settings.get": { input: null; output: Settings };
  /** Change one setting. */
  "settings.change": { input: ChangeSetting; output: Settings };
  /** What was done, newest first. */
  "history.list": { input: HistoryQuery; output: Array<StepView> };
  /** Undo the newest change. */
  "history.undo": { input: null; output: UndoneView | null };
  /** Do again what was undone last. */
  "history.redo": { input: null; output: UndoneView | null };
}
