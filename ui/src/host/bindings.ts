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
 * An account that letters of a sender name, where they name several.
 */
export type AccountView = { 
/**
 * Without spaces.
 */
iban: string, 
/**
 * The first letter that names it.
 */
document: DocumentId, 
/**
 * The day of that letter.
 */
day: string | null, 
/**
 * Letters before it name another one.
 */
is_newer: boolean, };

/**
 * Problems of one cause.
 */
export type AlikeProblems = { 
/**
 * The cause.
 */
code: FailureCode, };

/**
 * The words beside which a value stands.
 */
export type Anchor = { 
/**
 * In lower case, without digits and signs: what stays the same from letter to letter.
 */
words: string, 
/**
 * Where the value stands from there.
 */
side: Side, 
/**
 * A value of text is the one word beside them; else it is all the rest of its line.
 */
one_word: boolean, 
/**
 * A regular expression: the value is the first that matches it beside the words. Without one, whatever stands there.
 */
pattern?: string, };

/**
 * The answer to "all dealt with?".
 */
export type AnswerStaleLetters = { 
/**
 * Dealt with: to be filed.
 */
done: Array<DocumentId>, 
/**
 * Not dealt with: to get their tasks after all.
 */
open: Array<DocumentId>, 
/**
 * All others are dealt with, too.
 */
others_done?: boolean, };

/**
 * A payment, and the letter it was for.
 */
export type AnsweredPayment = { 
/**
 * On which day.
 */
on: string, 
/**
 * How much.
 */
amount: Money, 
/**
 * In which way, where that is known.
 */
how: PaidHow | null, 
/**
 * The letter.
 */
document: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * Its sender.
 */
correspondent: string | null, };

/**
 * What was paid in a year.
 */
export type AnsweredYear = { 
/**
 * The year of the payments.
 */
year: number, 
/**
 * What they come to, one sum for each currency.
 */
sums: Array<Money>, 
/**
 * Each of them, the newest first.
 */
payments: Array<AnsweredPayment>, };

/**
 * What the engine tells the window without being asked.
 */
export type AppEvent = { "event": "changed" } & Changed | { "event": "roles" } & Roles | { "event": "open_document", 
/**
 * Which.
 */
id: DocumentId, } | { "event": "restart" } | { "event": "lock" } | { "event": "open_today" } | { "event": "show_reminders" } | { "event": "open_task", 
/**
 * Which.
 */
id: TaskId, };

/**
 * What became of pages.
 */
export type Arranged = { 
/**
 * The documents, in the order of the parts.
 */
documents: Array<DocumentId>, };

/**
 * One page of a document as it is to be.
 */
export type ArrangedPage = { 
/**
 * The document it is in now.
 */
document: DocumentId, 
/**
 * Its place there, from 1.
 */
page: number, 
/**
 * Clockwise turn against how it is shown now: 0 (if left out), 90, 180 or 270 degrees.
 */
turn?: number, };

/**
 * How pages are to lie. What is not named is left out.
 */
export type Arrangement = { 
/**
 * The documents as they are to be, each a list of pages. Each goes on as the document of its first page, unless an
 * earlier one does already: then it is a new document. A document that none goes on as is put into the trash.
 */
parts: Array<Array<ArrangedPage>>, };

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
 * What a person says about the letter that a task came from.
 */
export type Assume = { 
/**
 * The task whose deadline rests on it; the others of its letter are counted again too.
 */
id: TaskId, 
/**
 * What holds instead.
 */
assumption: Assumption, };

/**
 * An assumption that a deadline rests on.
 */
export type Assumed = { 
/**
 * What was taken for granted.
 */
assumption: Assumption, 
/**
 * A person said so.
 */
by_user: boolean, };

/**
 * One thing that was taken for granted, with its value. The texts of the interface hang on `what`.
 */
export type Assumption = { "what": "received", "value": string } | { "what": "served", "value": string } | { "what": "posted", "value": string } | { "what": "notification_moves", "value": boolean } | { "what": "instructed", "value": boolean } | { "what": "land", "value": Region } | { "what": "due", "value": string } | { "what": "response", "value": Period } | { "what": "consumer", "value": boolean } | { "what": "concluded", "value": string } | { "what": "term_end", "value": string } | { "what": "notice", "value": Period } | { "what": "renewal_months", "value": number } | { "what": "post_days", "value": number } | { "what": "valid_for", "value": Period };

/**
 * A folder for backups, and the words that open it.
 */
export type BackupFolder = { 
/**
 * The folder.
 */
folder: string, 
/**
 * The twelve words.
 */
words: string, };

/**
 * How the backups stand.
 */
export type BackupStanding = "off" | "runs" | "paused" | "waits" | "failed" | "rests";

/**
 * A state of a backup that can be brought back.
 */
export type BackupState = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it was made.
 */
at: string, 
/**
 * Files in it.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, };

/**
 * A backup that was found whole.
 */
export type BackupView = { 
/**
 * When it was made and looked at.
 */
at: string, 
/**
 * Files in it: originals and the database.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Bytes that the backup grew by.
 */
added: number, };

/**
 * What is shown of backups.
 */
export type BackupsView = { 
/**
 * How they stand.
 */
standing: BackupStanding, 
/**
 * The folder with the repository.
 */
folder: string | null, 
/**
 * It is on the same disk as the letters.
 */
same_disk: boolean, 
/**
 * Bytes done of the one that is made now.
 */
done: number | null, 
/**
 * Bytes in all.
 */
total: number | null, 
/**
 * The last one that was found whole.
 */
last: BackupView | null, 
/**
 * Why the last try failed, or what the next one waits for.
 */
failure: Failure | null, 
/**
 * When the next one is due.
 */
next: string | null, 
/**
 * The last one is so old that the person should know.
 */
is_old: boolean, 
/**
 * The last check of the profile.
 */
verified: VerificationView | null, };

/**
 * What a task waits for.
 */
export type Blocks = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * All the tasks that have to be done before it.
 */
blocked_by: Array<TaskId>, };

/**
 * What came back.
 */
export type Brought = { 
/**
 * How many documents, also into the trash.
 */
documents: number, 
/**
 * How many tasks.
 */
tasks: number, 
/**
 * How many originals came in; those that were here already are not counted.
 */
originals: number, 
/**
 * Letters whose description is damaged: they are read again as new ones.
 */
read_again: number, 
/**
 * What could not come back as it was; everything else did.
 */
problems: Array<MoveProblem>, };

/**
 * On whose behalf something is changed. Every write says it; the history and the events keep it.
 *
 * Its text form (`person`, `program`, `rule:<id>`, `sync:<id>`, `key:<id>`) stays in the database for good.
 */
export type By = { "kind": "person" } | { "kind": "program" } | { "kind": "rule", "id": RuleId } | { "kind": "sync", "id": ConnectionId } | { "kind": "key", "id": KeyId };

/**
 * What stands on a day, as far as there is room for it.
 */
export type CalendarDay = { 
/**
 * The day.
 */
day: string, 
/**
 * The first of what stands on it.
 */
items: Array<CalendarItem>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Which days, both counted in.
 */
export type CalendarDays = { 
/**
 * The first.
 */
from: string, 
/**
 * The last.
 */
to: string, 
/**
 * At most so many items of each.
 */
each: number, };

/**
 * A calendar file.
 */
export type CalendarFile = { 
/**
 * A name for it.
 */
name: string, 
/**
 * Its text (RFC 5545).
 */
text: string, };

/**
 * What stands on a day.
 */
export type CalendarItem = { 
/**
 * The day.
 */
day: string, 
/**
 * Time of that day.
 */
time: string | null, 
/**
 * The task; none for a bill that should come.
 */
task: TaskId | null, 
/**
 * What sort of task.
 */
kind: TaskKind | null, 
/**
 * Id of its deadline rule.
 */
rule: string | null, 
/**
 * Whom or what it is about.
 */
title: string, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Which way that money goes, and where it stands.
 */
money: MoneyState | null, 
/**
 * Its document waits for a look.
 */
provisional: boolean, 
/**
 * What became of it.
 */
state: CalendarState, };

/**
 * From which day on, and how much of it.
 */
export type CalendarQuery = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day; without end if left out.
 */
to?: string, 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * What became of what stands on a day.
 */
export type CalendarState = "open" | "waiting" | "missed" | "done" | "lapsed";

/**
 * Which work to call off.
 */
export type Cancel = { 
/**
 * One job; without it, every letter that waits in the background. What is computed again can be paused.
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
 * A part of the cases.
 */
export type CaseList = { 
/**
 * Those with something to do first, then those with the newest letter.
 */
items: Array<CaseRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Which cases to list.
 */
export type CaseQuery = { 
/**
 * Those with something to do, or those without; all if left out.
 */
open?: boolean, 
/**
 * At most so many; 100 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * A line in the list of cases.
 */
export type CaseRow = { 
/**
 * Its first letter, which stands for it.
 */
id: DocumentId, 
/**
 * Title of the first letter.
 */
title: string, 
/**
 * How many letters.
 */
letters: number, 
/**
 * Date of the newest one.
 */
newest: string, 
/**
 * Something is still to be done.
 */
is_open: boolean, };

/**
 * A case with all its letters.
 */
export type CaseView = { 
/**
 * Its first letter, which stands for it.
 */
id: DocumentId, 
/**
 * Title of the first letter.
 */
title: string, 
/**
 * The oldest first.
 */
letters: Array<LetterView>, 
/**
 * What is still to be done, by day.
 */
open: Array<TaskView>, };

/**
 * How sure a value is, as it is shown and spoken.
 */
export type Certainty = "sure" | "probable" | "question";

/**
 * Another password.
 */
export type ChangePassword = { 
/**
 * The one until now, or the twelve words.
 */
password: string, 
/**
 * The one from now on.
 */
new_password: string, };

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
 * A value that a step changed.
 */
export type ChangeView = { 
/**
 * What it belongs to.
 */
of: ChangedThing, 
/**
 * Its id; of a setting its name.
 */
id: string, 
/**
 * What it is called now; none where it is not there any more.
 */
name: string | null, 
/**
 * Which value, such as `title`, or a field of a letter such as `due_date`.
 */
value: string, 
/**
 * Whether it is a field of a letter.
 */
is_field: boolean, 
/**
 * What sort of value it is.
 */
form: ValueForm, 
/**
 * What was there before.
 */
old: string | null, 
/**
 * What is there since.
 */
new: string | null, };

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
 * Names of correspondents, or what was learned about their letters.
 */
correspondents: boolean, 
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
 * Tags.
 */
tags: boolean, 
/**
 * Saved views.
 */
views: boolean, 
/**
 * Backups, or how far one is.
 */
backups: boolean, 
/**
 * Keys of other programs.
 */
keys: boolean, 
/**
 * Something, by another process: fetch everything.
 */
all: boolean, };

/**
 * What a change is about.
 */
export type ChangedThing = "document" | "task" | "reminder" | "correspondent" | "tag" | "view" | "setting";

/**
 * An independent reason to believe a value.
 */
export type Check = "structured" | "check_digits" | "sums_agree" | "code_agrees" | "code_differs" | "sources_agree" | "labelled" | "learned" | "likely" | "confirmed";

/**
 * With which end of the history to compare.
 */
export type CheckHistory = { 
/**
 * One that was kept elsewhere, as in an export or a backup.
 */
head?: string, };

/**
 * A step of a task.
 */
export type ChecklistStep = { 
/**
 * Id of its text, or the text itself.
 */
step: string, 
/**
 * Is it done?
 */
done: boolean, };

/**
 * A condition of the query, in the words of the user's language.
 */
export type Chip = { 
/**
 * What parses to this condition again.
 */
text: string, 
/**
 * It is a filter, not a word.
 */
filter: boolean, };

/**
 * A code found on a page.
 */
export type Code = { 
/**
 * QR or other.
 */
kind: CodeKind, 
/**
 * The decoded text.
 */
text: string, 
/**
 * Page, counted from 1.
 */
page: number, 
/**
 * Its place.
 */
rect: Rect, };

/**
 * What kind of code was read from a page. On every page QR codes are looked for, the others on demand.
 */
export type CodeKind = "qr" | "data_matrix" | "aztec" | "pdf417" | "code128" | "code39" | "ean" | "itf" | "other";

/**
 * A payment code (EPC069-12).
 */
export type CodeView = { 
/**
 * Its text.
 */
text: string, 
/**
 * Its picture, an SVG document.
 */
svg: string, 
/**
 * The amount in it.
 */
amount: Money, };

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
 * A connection to another program.
 */
export type ConnectionId = string;

/**
 * What all contracts cost that still run.
 */
export type ContractCosts = { 
/**
 * In a month, one sum for each currency.
 */
month: Array<Money>, 
/**
 * In a year, one sum for each currency.
 */
year: Array<Money>, 
/**
 * How many contracts that is.
 */
counted: number, 
/**
 * Contracts of which it is not known what they cost, or how often it is paid.
 */
unknown: number, 
/**
 * There are more contracts than were looked at.
 */
more: boolean, };

/**
 * Which contracts to list.
 */
export type ContractQuery = { 
/**
 * Those that are decided; the others if left out.
 */
decided?: boolean, 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * Where a contract stands.
 */
export type ContractState = "open" | "waits" | "runs" | "kept" | "cancelled";

/**
 * A contract as a list shows it.
 */
export type ContractView = { 
/**
 * Its document; of a price letter without its contract, that letter.
 */
document: DocumentRow, 
/**
 * Where it stands.
 */
state: ContractState, 
/**
 * First day.
 */
start: string | null, 
/**
 * Months of the first term.
 */
term_months: string | null, 
/**
 * Time of notice, as written.
 */
notice: string | null, 
/**
 * What it costs each time, from today on.
 */
cost: Money | null, 
/**
 * What it costs in a year, where the letter says how often it is paid.
 */
cost_a_year: Money | null, 
/**
 * Last day of a term that was printed.
 */
expiry: string | null, 
/**
 * The question whether to keep it; its due day is the last safe day to cancel.
 */
decision: TaskView | null, 
/**
 * The newest change of its price.
 */
rise: PriceRise | null, 
/**
 * The confirmation that is or was waited for.
 */
confirmation: TaskView | null, 
/**
 * The letter that confirms that it is cancelled.
 */
confirmed_by: DocumentId | null, };

/**
 * What a profile becomes.
 */
export type Conversion = "encrypted" | "plain";

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
 * Which correspondents to list.
 */
export type CorrespondentQuery = { 
/**
 * Whose name has this in it.
 */
name?: string, 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * A line in the list of correspondents.
 */
export type CorrespondentRow = { 
/**
 * Its id.
 */
id: CorrespondentId, 
/**
 * Its name.
 */
name: string, 
/**
 * How many documents came from it.
 */
documents: number, };

/**
 * Everything about one correspondent.
 */
export type CorrespondentView = { 
/**
 * Its id.
 */
id: CorrespondentId, 
/**
 * Its name.
 */
name: string, 
/**
 * What its bills came to, the newest year first.
 */
years: Array<YearView>, 
/**
 * The accounts it asked to be paid to, without spaces.
 */
accounts: Array<string>, 
/**
 * Its VAT ids.
 */
vat_ids: Array<string>, 
/**
 * The numbers it knows this person by: of the customer and of contracts.
 */
numbers: Array<string>, };

/**
 * A calculation from a start through its steps to a day.
 */
export type Count = { 
/**
 * Where it starts.
 */
start: CountStart, 
/**
 * The steps; empty when the start is the day.
 */
steps: Array<CountStep>, };

/**
 * Where a count starts.
 */
export type CountStart = { 
/**
 * Which day that is.
 */
what: StartKind, 
/**
 * The day.
 */
day: string, };

/**
 * One step of a calculation.
 */
export type CountStep = { 
/**
 * What it does.
 */
what: StepKind, 
/**
 * By how much, if it is a period.
 */
period: Period | null, 
/**
 * The day it arrives at.
 */
day: string, };

/**
 * From what the next occurrence is counted.
 */
export type CountedFrom = "due" | "completion";

/**
 * An ISO 4217 currency code: three capital letters.
 */
export type Currency = string;

/**
 * What to delete for good.
 */
export type DeleteForGood = { 
/**
 * These documents, which are in the trash; without it everything in the trash.
 */
ids?: Array<DocumentId>, 
/**
 * Only say what would be deleted.
 */
preview?: boolean, };

/**
 * What was deleted for good, or would be.
 */
export type DeletedView = { 
/**
 * Documents.
 */
documents: number, 
/**
 * Tasks about them.
 */
tasks: number, 
/**
 * Originals, with what was read of them.
 */
originals: number, 
/**
 * Steps of the history of which only remains who did them, and when.
 */
steps: number, 
/**
 * Files that stay, because other letters came in them, or are made of their pages.
 */
staying: Array<string>, };

/**
 * What happened to a reminder.
 */
export type DeliveryState = "failed" | "delivered" | "seen" | "snoozed" | "acted";

/**
 * How a deadline was worked out.
 */
export type Derivation = { 
/**
 * Id of the rule.
 */
rule: string, 
/**
 * To the day to act on: the earliest reasonable reading.
 */
safe: Count | null, 
/**
 * To the last legal day; none where it is not known or disputed.
 */
latest: Count | null, 
/**
 * What was taken for granted.
 */
assumptions: Array<Assumed>, 
/**
 * What else to know.
 */
notes: Array<Note>, 
/**
 * A smaller amount for paying early.
 */
discount: DiscountDeadline | null, };

/**
 * A file that was derived from a document.
 */
export type Derived = { 
/**
 * Where it is.
 */
path: string, };

/**
 * The report.
 */
export type Diagnostics = { 
/**
 * All of it.
 */
text: string, };

/**
 * Something that was given out of the program.
 */
export type DisclosureView = { 
/**
 * When.
 */
at: string, 
/**
 * Name of the file.
 */
what: string, 
/**
 * Id of the channel or connection, or `desktop` for another program of this computer.
 */
receiver: string, };

/**
 * A smaller amount for those who pay early.
 */
export type DiscountDeadline = { 
/**
 * Percent off.
 */
percent: string, 
/**
 * What is to be paid then.
 */
amount: string, 
/**
 * The day to pay.
 */
safe: Count, 
/**
 * The last day under the later reading: whether BGB § 193 helps for a discount is doubtful.
 */
latest: Count, };

/**
 * Less to pay, if paid early.
 */
export type DiscountView = { 
/**
 * Percent off.
 */
percent: string, 
/**
 * The last day.
 */
until: string, 
/**
 * What is to be paid then.
 */
amount: Money, 
/**
 * It still holds.
 */
holds: boolean, };

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
 * In the order asked for.
 */
items: Array<DocumentRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * In which order documents are listed.
 */
export type DocumentOrder = "newest" | "oldest" | "title" | "correspondent" | "due" | "amount";

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
 * Who sent them.
 */
correspondent?: CorrespondentId, 
/**
 * What else must hold, as in the search box: words, `von:`, `betrag:>100`, `tag:steuer` …
 */
query?: string, 
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
offset?: number, 
/**
 * In which order; newest first if left out.
 */
order?: DocumentOrder, };

/**
 * A line in a list of documents.
 */
export type DocumentRow = { 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its file, by content.
 */
file: FileId, 
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
 * The day of its next open task.
 */
next_day: string | null, 
/**
 * What is to be paid, or the total.
 */
amount: Money | null, 
/**
 * Which way that money goes, and where it stands; none where that is not known.
 */
money: MoneyState | null, 
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
trashed_at: string | null, 
/**
 * The day on which it is deleted for good, where it is in the trash.
 */
gone_on: string | null, };

/**
 * Where a document stands.
 */
export type DocumentState = "review" | "accepted" | "stale";

/**
 * Everything about one document.
 */
export type DocumentView = { 
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
 * Days to know that ask for nothing: the end of a warranty, when the next statement should come.
 */
known_days: Array<KnownDay>, 
/**
 * How it came in.
 */
arrivals: Array<ArrivalView>, 
/**
 * What to look at before paying.
 */
warnings: Array<Warning>, 
/**
 * The accounts that a warning is about.
 */
accounts: Array<AccountView>, 
/**
 * The other documents of its case, the oldest first.
 */
related: Array<RelatedView>, 
/**
 * Documents that came in the same archive, mail or stack.
 */
came_with: Array<DocumentId>, 
/**
 * Whether words that may change what follows from it are still read a second time.
 */
second_reading: boolean, 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its file, by content.
 */
file: FileId, 
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
 * The day of its next open task.
 */
next_day: string | null, 
/**
 * What is to be paid, or the total.
 */
amount: Money | null, 
/**
 * Which way that money goes, and where it stands; none where that is not known.
 */
money: MoneyState | null, 
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
trashed_at: string | null, 
/**
 * The day on which it is deleted for good, where it is in the trash.
 */
gone_on: string | null, };

/**
 * By what a task was done.
 */
export type DoneHow = "paid" | "sent" | "called" | "kept" | "accepted" | "lapsed" | "debited" | "other";

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
field: Field, } | { "doubt": "picture", 
/**
 * The page, counted from 1.
 */
page: number, 
/**
 * What is wrong with it.
 */
fault: PictureFault, } | { "doubt": "several_letters", 
/**
 * Where the next one begins, counted from 1.
 */
page: number, } | { "doubt": "page_order" } | { "doubt": "further_part", 
/**
 * The document of that picture.
 */
other: DocumentId, } | { "doubt": "task_moves", 
/**
 * What is to be done.
 */
task: TaskKind, 
/**
 * Its day.
 */
from: string | null, 
/**
 * The day by what is read now.
 */
to: string | null, } | { "doubt": "task_amount", 
/**
 * What is to be done.
 */
task: TaskKind, 
/**
 * Its amount.
 */
from: Money | null, 
/**
 * The amount by what is read now.
 */
to: Money | null, } | { "doubt": "task_goes", 
/**
 * What is to be done.
 */
task: TaskKind, };

/**
 * A change of several documents; everything that is left out stays.
 */
export type EditDocuments = { 
/**
 * Which.
 */
ids: Array<DocumentId>, 
/**
 * Paths of tags to put on; what does not exist yet is made.
 */
add_tags?: Array<string>, 
/**
 * Paths of tags to take off.
 */
remove_tags?: Array<string>, 
/**
 * What they are.
 */
kind?: DocumentKind, 
/**
 * Who sent them.
 */
correspondent?: CorrespondentId, 
/**
 * Into the trash, or out of it.
 */
trashed?: boolean, };

/**
 * How the data lies on the disk.
 */
export type EncryptionView = { 
/**
 * Nobody reads it without a password.
 */
encrypted: boolean, 
/**
 * This system can encrypt it.
 */
possible: boolean, 
/**
 * What it becomes at the next start.
 */
pending: Conversion | null, 
/**
 * The secret store of the system opens it when the program starts.
 */
opens_by_itself: boolean, };

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
 * The folder of an export.
 */
export type ExportFolder = { 
/**
 * Its full path.
 */
folder: string, };

/**
 * Where to.
 */
export type ExportTo = { 
/**
 * Full path of a folder that is empty, or not there yet.
 */
folder: string, 
/**
 * Make a new folder in it, named by the day.
 */
dated?: boolean, };

/**
 * What a folder holds that may be an export.
 */
export type ExportView = { 
/**
 * The folder.
 */
folder: string, 
/**
 * The program that wrote it.
 */
program: string, 
/**
 * When, as an ISO instant.
 */
made_at: string | null, 
/**
 * How many documents.
 */
documents: number, 
/**
 * How many tasks.
 */
tasks: number, 
/**
 * Whether it can come into this profile, which is new.
 */
profile_is_new: boolean, };

/**
 * What was exported.
 */
export type Exported = { 
/**
 * The folder.
 */
folder: string, 
/**
 * How many documents, also from the trash.
 */
documents: number, 
/**
 * How many tasks.
 */
tasks: number, 
/**
 * How many files in all.
 */
files: number, 
/**
 * What could not be exported as it should; everything else was.
 */
problems: Array<MoveProblem>, };

/**
 * How many documents have a value, and the filter that finds them.
 */
export type FacetCount<T> = { 
/**
 * The value.
 */
value: T, 
/**
 * How many have it.
 */
count: number, 
/**
 * The condition of the query, as its chip says it.
 */
chip: string, 
/**
 * It is a condition of the query already.
 */
on: boolean, };

/**
 * What the found documents are, the most frequent first; years the newest first.
 */
export type Facets = { 
/**
 * Kinds.
 */
kinds: Array<FacetCount<DocumentKind>>, 
/**
 * The most frequent senders.
 */
senders: Array<FacetCount<string>>, 
/**
 * Years of the letters.
 */
years: Array<FacetCount<string>>, 
/**
 * Where they stand.
 */
states: Array<FacetCount<DocumentState>>, 
/**
 * Tags, by their paths.
 */
tags: Array<FacetCount<string>>, };

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
 * How sure that is; a question where a wanted field was not found.
 */
certainty: Certainty, 
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
 * Which one.
 */
code: FailureCode, 
/**
 * What happened, to which file or value, and what to do; English.
 */
message: string, 
/**
 * More for a bug report.
 */
detail: string | null, };

/**
 * What went wrong or is odd, as a word. Texts hang on it; it stays in databases and scripts for good.
 */
export type FailureCode = "bad_input" | "bad_pattern" | "wrong_password" | "password_too_short" | "waits_for_itself" | "folder_not_empty" | "profile_not_empty" | "not_an_export" | "newer_export" | "unsafe_path" | "not_found" | "unknown_command" | "no_such_page" | "forbidden" | "busy" | "move_runs" | "stopped" | "cancelled" | "lease_lost" | "crashed" | "internal" | "unreachable" | "thread_failed" | "no_thread" | "unknown_job" | "no_window" | "no_notifications" | "no_opener" | "bad_profile" | "database_gone" | "foreign_database" | "locked" | "keys_gone" | "disk_full" | "read_only" | "io" | "corrupt" | "database" | "newer_database" | "older_still_runs" | "outdated" | "migration" | "unknown_word" | "unreadable_value" | "undo_conflict" | "engine_held" | "original_damaged" | "nested_write" | "quarantined" | "backup_away" | "no_backup" | "backup_inside" | "bad_words" | "backup_damaged" | "no_secrets" | "folder_missing" | "folder_unreadable" | "file_unreadable" | "not_taken" | "not_removed" | "not_set_aside" | "empty" | "not_what_it_says" | "unsupported" | "damaged" | "password" | "too_large" | "engine_missing" | "engine" | "too_slow" | "slow" | "too_much_memory" | "second_reader_failed" | "second_reader_missing" | "picture_cut_off" | "picture_dark" | "picture_blurred" | "dynamic_form" | "truncated" | "too_many_pages" | "too_many_members" | "too_deep" | "attachment" | "not_computed_again" | "several_letters" | "pages_out_of_order" | "account_differs" | "no_amount" | "looks_like_a_bill" | "arithmetic" | "page_and_xml_differ" | "claim_for_another" | "old_claim" | "sum_of_lines" | "sum_of_allowances" | "sum_of_charges" | "sum_without_tax" | "sum_of_taxes" | "sum_with_tax" | "sum_due" | "tax_of_rate" | "unknown";

/**
 * The name of something a document can say. Names and forms are those of the command line's output.
 */
export type Field = "invoice_number" | "issue_date" | "due_date" | "total_gross" | "amount_due" | "total_net" | "tax_total" | "prepaid" | "currency" | "seller_name" | "seller_vat_id" | "seller_tax_number" | "seller_address" | "buyer_name" | "iban" | "bic" | "payee_name" | "debtor_iban" | "creditor_id" | "mandate_reference" | "payment_reference" | "payment_means_code" | "payment_terms" | "skonto" | "line_items" | "tax_breakdown" | "adjustments" | "customer_number" | "contract_number" | "order_number" | "original_invoice_number" | "service_period" | "direct_debit_date" | "dunning_level" | "dunning_fee" | "appointment_start" | "appointment_place" | "expiry_date" | "contract_start" | "initial_term_months" | "notice_period" | "next_due_date" | "posting_or_letter_date" | "service_date" | "legal_act" | "response_period" | "withdrawal_period" | "renewal_months" | "recurring_amount" | "effective_date" | "instalments" | "respond_by" | "cancel_by" | "redeem_by" | "appointments" | "paid_on" | "remedy" | "concluded_on";

/**
 * The SHA-256 of an original file, written as 64 lower-case hex digits: the name under which the archive keeps it,
 * so that `sha256sum` can still verify it in twenty years.
 */
export type FileId = string;

/**
 * Letters that came in lately and are done: filed, with nothing to do about them.
 */
export type FiledView = { 
/**
 * The newest of them.
 */
documents: Array<DocumentRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Where to look for the words of a query.
 */
export type FindHits = { 
/**
 * In which document.
 */
id: DocumentId, 
/**
 * As it was typed.
 */
query: string, };

/**
 * Sorts of findings.
 */
export type FindingKind = "missing" | "changed" | "unreadable" | "unknown" | "database" | "reference" | "index" | "history";

/**
 * Something that is wrong with the profile.
 */
export type FindingView = { 
/**
 * Which sort: `missing`, `changed`, `unreadable`, `unknown`, `database`, `reference`, `index`, `history`.
 */
finding: FindingKind, 
/**
 * What it is about: a file name, a path, or what the database says.
 */
what: string, 
/**
 * Where it is, or should be.
 */
path: string | null, };

/**
 * Whom to forget.
 */
export type ForgetPerson = { 
/**
 * A sender.
 */
correspondent?: CorrespondentId, 
/**
 * Or somebody of this name, such as one of the household.
 */
name?: string, 
/**
 * How the name is written as well.
 */
also?: Array<string>, 
/**
 * Letters that are kept all the same; the names are blacked out in them.
 */
keep?: Array<DocumentId>, 
/**
 * Only say what that would do.
 */
preview?: boolean, };

/**
 * A rule to be forgotten.
 */
export type ForgetRule = { 
/**
 * Whose letters.
 */
id: CorrespondentId, 
/**
 * What it finds.
 */
field: Field, };

/**
 * What was forgotten, or would be.
 */
export type ForgottenView = { 
/**
 * The names.
 */
names: Array<string>, 
/**
 * Accounts and tax numbers that stand in no letter of others: they are blacked out like the names.
 */
numbers: Array<string>, 
/**
 * Letters that are gone.
 */
removed: Array<NamedLetter>, 
/**
 * Letters of others in which the names are blacked out.
 */
blacked: Array<NamedLetter>, 
/**
 * What went with the letters.
 */
deleted: DeletedView, 
/**
 * Other places in the database where the names are blacked out.
 */
texts: number, 
/**
 * Pages whose words are blacked out.
 */
pages: number, 
/**
 * Steps of the history of which only remains who did them, and when.
 */
steps: number, 
/**
 * What stays, and where.
 */
stays: Array<StayView>, 
/**
 * It was done, and not only looked at.
 */
done: boolean, };

/**
 * Something that looks like a filter and is none.
 */
export type Hint = { 
/**
 * What was typed.
 */
typed: string, 
/**
 * What is wrong with it.
 */
code: HintCode, 
/**
 * What could be meant.
 */
suggestion: string | null, };

/**
 * What is wrong with a filter.
 */
export type HintCode = "unknown_key" | "unknown_value";

/**
 * What the check of the history says.
 */
export type HistoryCheck = { 
/**
 * Steps that were followed.
 */
steps: number, 
/**
 * The end of the history. Whoever keeps it elsewhere can see later whether the history up to there is still the same.
 */
head: string | null, 
/**
 * What is wrong, step by step; English.
 */
findings: Array<string>, 
/**
 * Whether the head that was given is a part of the history.
 */
is_part: boolean | null, };

/**
 * How much of the ledger to show; a hundred entries if left out.
 */
export type HistoryOfReminders = { 
/**
 * Of this task only.
 */
task?: TaskId, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * How many steps to list.
 */
export type HistoryQuery = { 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Only those of a document and its tasks.
 */
document?: DocumentId, 
/**
 * Only those before this number: the next page.
 */
before?: number, 
/**
 * With what each changed.
 */
with_changes?: boolean, };

/**
 * The hits of a page.
 */
export type HitPlaces = { 
/**
 * Page, counted from 1.
 */
page: number, 
/**
 * Their places, in reading order.
 */
rects: Array<Rect>, };

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
 * Why not, as a word.
 */
code: FailureCode | null, 
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

/**
 * Two documents that belong together.
 */
export type JoinDocuments = { 
/**
 * The one.
 */
id: DocumentId, 
/**
 * The other.
 */
other: DocumentId, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * A key with which another program may use this one.
 */
export type KeyId = string;

/**
 * A new key.
 */
export type KeyMade = { 
/**
 * The key.
 */
key: KeyView, 
/**
 * What opens; it is shown this one time.
 */
secret: string, };

/**
 * A key, without what opens.
 */
export type KeyView = { 
/**
 * Its id.
 */
id: KeyId, 
/**
 * What it is called.
 */
name: string, 
/**
 * What it may be used for.
 */
scope: Scope, 
/**
 * It is the interface's in a browser.
 */
for_person: boolean, 
/**
 * Since when it is there.
 */
created_at: string, 
/**
 * Until when it is valid.
 */
expires_at: string, 
/**
 * When it was used last, to the minute.
 */
last_used_at: string | null, 
/**
 * It is valid no more.
 */
expired: boolean, };

/**
 * A kind that a document may be of.
 */
export type KindSuggestion = { 
/**
 * Which.
 */
kind: DocumentKind, 
/**
 * The words on it that speak for this.
 */
because: Array<string>, };

/**
 * A day that is good to know and asks for nothing.
 */
export type KnownDay = { 
/**
 * Id of the deadline rule.
 */
rule: string, 
/**
 * The day.
 */
day: string, 
/**
 * How it was worked out.
 */
why: string, 
/**
 * Statute and section.
 */
source: string, };

/**
 * Language of the interface.
 */
export type Language = "system" | "de" | "en";

/**
 * When to come back.
 */
export type Later = "fifteen_minutes" | "one_hour" | "three_hours" | "tonight" | "tomorrow_morning" | "next_week" | { "at": string };

/**
 * What a letter is to another one.
 */
export type LetterRelation = { 
/**
 * The other.
 */
other: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * What the letter is to it.
 */
relation: Relation, };

/**
 * A letter of a case.
 */
export type LetterView = { 
/**
 * The line of the list.
 */
document: DocumentRow, 
/**
 * The day of the letter, else the day it came in.
 */
day: string, 
/**
 * What it is to other letters of the case.
 */
relations: Array<LetterRelation>, };

/**
 * Two senders that are one.
 */
export type MergeCorrespondents = { 
/**
 * The one that goes.
 */
from: CorrespondentId, 
/**
 * The one that stays.
 */
into: CorrespondentId, };

/**
 * Two tags that are one.
 */
export type MergeTags = { 
/**
 * The one that goes.
 */
from: TagId, 
/**
 * The one that stays.
 */
into: TagId, };

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
 * The direction and the state of an amount.
 */
export type MoneyState = { "state": "to_pay", 
/**
 * The day to pay on; none where no day is known.
 */
until: string | null, } | { "state": "part_paid", 
/**
 * The day to pay the rest on.
 */
until: string | null, } | { "state": "will_be_debited", 
/**
 * On this day.
 */
on: string | null, } | { "state": "should_be_debited", 
/**
 * On this day.
 */
on: string, } | { "state": "paid", 
/**
 * On this day; none where nobody has said when.
 */
on: string | null, 
/**
 * In this way; none where nobody has said how.
 */
how: PaidHow | null, } | { "state": "comes", 
/**
 * By this day.
 */
until: string | null, } | { "state": "should_have_come", 
/**
 * By this day.
 */
until: string, } | { "state": "came", 
/**
 * On this day.
 */
on: string | null, } | { "state": "not_needed" } | { "state": "was_due", 
/**
 * On this day.
 */
on: string | null, } | { "state": "stated", 
/**
 * What it is.
 */
what: Stated, };

/**
 * What is moved.
 */
export type MoveKind = "export" | "import" | "paperless";

/**
 * A file of an export that cannot be used, or only in part; the others are.
 */
export type MoveProblem = { 
/**
 * Which file, from the folder of the export on.
 */
file: string, 
/**
 * What is wrong with it.
 */
code: FailureCode, 
/**
 * The same in a sentence.
 */
message: string, };

/**
 * What is done at the moment.
 */
export type MoveStep = "checking" | "writing" | "syncing" | "reading" | "originals";

/**
 * How far a move is.
 */
export type MoveView = { 
/**
 * What it is.
 */
kind: MoveKind, 
/**
 * What is done.
 */
step: MoveStep, 
/**
 * So many of them are done.
 */
done: number, 
/**
 * So many there are in this step; 0 where that is not known.
 */
total: number, 
/**
 * Can it still be called off?
 */
can_cancel: boolean, };

/**
 * A letter.
 */
export type NamedLetter = { 
/**
 * Which.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, };

/**
 * What follows from "I cannot today".
 */
export type NewDay = { 
/**
 * The next day that is still safe; none when today is the last one: then it comes back tonight.
 */
day: string | null, 
/**
 * The day to act on moves there, up to the latest legal day; else only the reminder does.
 */
moves_due: boolean, 
/**
 * The task, after it.
 */
task: TaskView, };

/**
 * Which key to make.
 */
export type NewKey = { 
/**
 * What it is for: mostly the name of the program that gets it.
 */
name: string, 
/**
 * What it may be used for.
 */
scope: Scope, 
/**
 * For how many days; 90 if left out.
 */
days?: number, };

/**
 * What happened while somebody was away, in numbers.
 */
export type News = { 
/**
 * The day on which they were here last.
 */
since: string, 
/**
 * Letters that came in.
 */
letters: number, 
/**
 * What was paid.
 */
paid: number, 
/**
 * Debits whose day has passed.
 */
debited: number, 
/**
 * Payments whose day has passed, and which are still open.
 */
overdue: number, 
/**
 * Appointments that have begun and are still open.
 */
missed: number, 
/**
 * Rights that nobody used in time.
 */
lapsed: number, };

/**
 * What undo and redo would do now.
 */
export type NextSteps = { 
/**
 * The step that undo takes back.
 */
undo: StepView | null, 
/**
 * The step that redo makes again.
 */
redo: StepView | null, };

/**
 * Why no code is shown.
 */
export type NoCode = "direct_debit" | "credit" | "warned" | "own_account" | "not_a_payment" | "nothing_open" | "no_account" | "no_payee" | "no_amount" | "unproven" | "not_euro" | "amount_out_of_range" | "too_long";

/**
 * "I cannot today."
 */
export type NotToday = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * Only show what would be done.
 */
preview?: boolean, };

/**
 * Something to know about a deadline.
 */
export type Note = "due_at_once" | "amount_unknown" | "must_arrive" | "disputed" | "service_unknown" | "sending_counts" | "arrival_counts" | "notice_too_long" | "fee_too_high" | "debit_can_be_called_back" | "check_payee";

/**
 * What a person has added to a document.
 */
export type NoteView = { 
/**
 * Markdown; empty if nothing was noted.
 */
note: string, 
/**
 * Tags.
 */
tags: Array<TagView>, };

/**
 * One entry of the ledger of reminders.
 */
export type NotificationView = { 
/**
 * What it was about; none for the letters that wait for a look.
 */
task: TaskId | null, 
/**
 * How pressing.
 */
stage: Stage, 
/**
 * For when it was planned.
 */
planned_for: string, 
/**
 * What happened.
 */
state: DeliveryState, 
/**
 * When.
 */
at: string, 
/**
 * On which channel; empty for the window.
 */
channel: string, 
/**
 * What the channel said when it failed.
 */
error: string | null, };

/**
 * What an answer can depend on: the fields of [`Changed`](crate::Changed), or the one thing asked about.
 */
export type Noun = "documents" | "this_document" | "tasks" | "correspondents" | "reminders" | "jobs" | "problems" | "settings" | "tags" | "views" | "backups" | "keys";

/**
 * One time of a task that comes again.
 */
export type Occurrence = { 
/**
 * Of which task.
 */
id: TaskId, 
/**
 * The day it is due, as it is shown: one that has moved on meanwhile stays. The current one if left out.
 */
due?: string, };

/**
 * One correspondent.
 */
export type OneCorrespondent = { 
/**
 * Which.
 */
id: CorrespondentId, };

/**
 * One document.
 */
export type OneDocument = { 
/**
 * Which.
 */
id: DocumentId, };

/**
 * Which key.
 */
export type OneKey = { 
/**
 * Its id.
 */
id: KeyId, };

/**
 * One page of a document.
 */
export type OnePage = { 
/**
 * Which document.
 */
id: DocumentId, 
/**
 * Counted from 1.
 */
page: number, };

/**
 * One problem.
 */
export type OneProblem = { 
/**
 * Which.
 */
id: ProblemId, };

/**
 * Whose rules.
 */
export type OneSender = { 
/**
 * The correspondent.
 */
id: CorrespondentId, };

/**
 * One task.
 */
export type OneTask = { 
/**
 * Which.
 */
id: TaskId, };

/**
 * One view.
 */
export type OneView = { 
/**
 * Which.
 */
id: ViewId, };

/**
 * Whether the secret store of the system opens the data.
 */
export type OpenBySecretStore = { 
/**
 * The password, or the twelve words.
 */
password: string, 
/**
 * It does from now on; else it does no more.
 */
wanted: boolean, };

/**
 * What a value was read from.
 */
export type Origin = "xml" | "text" | "ocr" | "code" | "derived" | "user";

/**
 * Rows of a list that are shown together.
 */
export type Page<T> = { 
/**
 * In the order of the list.
 */
items: Array<T>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Where the words of a page come from.
 */
export type PageOrigin = "embedded" | "ocr" | "empty";

/**
 * Which part of a list.
 */
export type PageQuery = { 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

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
 * Something was paid.
 */
export type Paid = { 
/**
 * For which task.
 */
id: TaskId, 
/**
 * How much; all that is open if left out.
 */
amount?: Money, 
/**
 * On which day; today if left out.
 */
paid_on?: string, 
/**
 * In which way; by a transfer if left out.
 */
how?: PaidHow, };

/**
 * In which way something was paid.
 */
export type PaidHow = "transfer" | "direct_debit" | "cash" | "card" | "other";

/**
 * A name, and how many there are of it.
 */
export type PaperlessCount = { 
/**
 * The name.
 */
name: string, 
/**
 * How many.
 */
count: number, };

/**
 * An export of paperless-ngx.
 */
export type PaperlessExport = { 
/**
 * Full path of its folder or ZIP.
 */
path: string, };

/**
 * A custom field.
 */
export type PaperlessField = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many documents have a value for it.
 */
count: number, 
/**
 * It becomes this value of the letter; else a line of the note.
 */
field: Field | null, };

/**
 * What came in from paperless-ngx.
 */
export type PaperlessImported = { 
/**
 * How many documents are new. They are being read.
 */
documents: number, 
/**
 * How many were here already, and stay as they are.
 */
known: number, 
/**
 * How many of the new ones are in the trash.
 */
trashed: number, 
/**
 * What could not be taken in; everything else was.
 */
problems: Array<MoveProblem>, };

/**
 * What an import from paperless-ngx would do.
 */
export type PaperlessPreview = { 
/**
 * The version of paperless-ngx that wrote the export.
 */
version: string | null, 
/**
 * How many documents it holds, with newer versions of some.
 */
documents: number, 
/**
 * How many of them are in its trash: they come into the trash.
 */
trashed: number, 
/**
 * How many are here already, as far as that can be told without reading them: they are left as they are.
 */
known: number, 
/**
 * How many are newer versions of others: they become documents of their own.
 */
versions: number, 
/**
 * How many have an inbox tag: they are asked about like new letters.
 */
unseen: number, 
/**
 * Notes, which become one note for each document.
 */
notes: number, 
/**
 * Archive serial numbers, which become a line of the note.
 */
serial_numbers: number, 
/**
 * Senders, with how many documents each has.
 */
senders: Array<PaperlessCount>, 
/**
 * Tags by their paths, with how many documents each has.
 */
tags: Array<PaperlessCount>, 
/**
 * Document types, and what becomes of them.
 */
types: Array<PaperlessType>, 
/**
 * Custom fields, and what becomes of them.
 */
fields: Array<PaperlessField>, 
/**
 * What stays behind, by the word that paperless-ngx has for it.
 */
left: Array<PaperlessCount>, 
/**
 * What cannot be taken in; everything else can.
 */
problems: Array<MoveProblem>, };

/**
 * A document type.
 */
export type PaperlessType = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many documents have it.
 */
count: number, 
/**
 * It becomes this kind …
 */
kind: DocumentKind | null, 
/**
 * … or this tag.
 */
tag: string | null, };

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
 * A payment towards a task.
 */
export type PaymentId = string;

/**
 * Which payment to show.
 */
export type PaymentQuery = { 
/**
 * Of which task.
 */
id: TaskId, 
/**
 * With the discount, while it holds.
 */
with_discount?: boolean, };

/**
 * A payment towards a task.
 */
export type PaymentView = { 
/**
 * Its id.
 */
id: PaymentId, 
/**
 * How much.
 */
amount: Money, 
/**
 * On which day.
 */
paid_on: string, 
/**
 * In which way.
 */
how: PaidHow, };

/**
 * What was paid: the answer to "when did I last pay the chimney sweep, and how much?".
 */
export type PaymentsAnswer = { 
/**
 * What it is about, in the words of the question.
 */
about: string, 
/**
 * The last payment; none where nothing is known to be paid.
 */
last: AnsweredPayment | null, 
/**
 * The years, the newest first.
 */
years: Array<AnsweredYear>, 
/**
 * What all of it comes to, one sum for each currency.
 */
sums: Array<Money>, 
/**
 * How many payments.
 */
count: number, 
/**
 * The newest letters that ask for money of which nobody has said that it was paid.
 */
unpaid: Array<DocumentRow>, 
/**
 * How many of these there are.
 */
unpaid_total: number, 
/**
 * There are more letters than were looked at: older ones do not count.
 */
more: boolean, };

/**
 * A length of time.
 */
export type Period = { 
/**
 * How many.
 */
count: number, 
/**
 * Of what.
 */
unit: PeriodUnit, };

/**
 * What a [`Period`] is counted in.
 */
export type PeriodUnit = "days" | "bank_days" | "weeks" | "months" | "years";

/**
 * What is wrong with the picture of a page.
 */
export type PictureFault = "cut_off" | "dark" | "blurred";

/**
 * A task that would be made.
 */
export type PlannedView = { 
/**
 * What sort of thing.
 */
kind: TaskKind, 
/**
 * Id of the deadline rule.
 */
rule: string | null, 
/**
 * The day to act on.
 */
due: string | null, 
/**
 * Time of that day.
 */
due_time: string | null, 
/**
 * The latest legal day; the day of a debit.
 */
latest: string | null, 
/**
 * The date was proposed, not read.
 */
assumed: boolean, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Its time has passed: nothing is left to do about it.
 */
over: boolean, 
/**
 * Its day has passed, and it can still be done.
 */
late: boolean, };

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
 * A document, with what a person is about to say about one of its fields.
 */
export type PreviewQuery = { 
/**
 * Which document.
 */
id: DocumentId, 
/**
 * Which field; none for the document as it is.
 */
field?: Field, 
/**
 * The value as typed; none means that the document does not say it.
 */
value?: string, };

/**
 * A change of a price.
 */
export type PriceRise = { 
/**
 * The letter that says so.
 */
document: DocumentId, 
/**
 * The price before, where it is known.
 */
old: Money | null, 
/**
 * The price from then on.
 */
new: Money | null, 
/**
 * From this day on.
 */
since: string | null, 
/**
 * It holds already.
 */
holds: boolean, 
/**
 * The question whether to keep the contract all the same; its due day is the last safe day to cancel.
 */
decision: TaskView | null, };

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
kind: DocumentKind, } | { "reason": "amount" } | { "reason": "chosen" };

/**
 * What was given out of the program, the newest first.
 */
export type PrivacyLedger = { 
/**
 * What has left this computer.
 */
left: Array<DisclosureView>, 
/**
 * What other programs on this computer were handed.
 */
opened: Array<DisclosureView>, };

/**
 * Something that went wrong without stopping the rest, or the reason why a file could not be read.
 */
export type Problem = { 
/**
 * Which one.
 */
code: FailureCode, 
/**
 * What happened, to which file or page, and what to do; English.
 */
message: string, 
/**
 * Page, counted from 1, if it is about one.
 */
page: number | null, };

/**
 * The problems of one cause.
 */
export type ProblemGroupView = { 
/**
 * The cause.
 */
code: FailureCode, 
/**
 * How many problems, also those that are not listed.
 */
count: number, 
/**
 * When the last one came.
 */
last: string, };

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
 * Which one.
 */
code: FailureCode, 
/**
 * What happened and what to do.
 */
message: string, 
/**
 * When.
 */
at: string, };

/**
 * What a line became.
 */
export type QuickAdded = { 
/**
 * What was understood.
 */
draft: TaskDraft, 
/**
 * The task; none for a preview.
 */
task: TaskView | null, };

/**
 * A task in one line.
 */
export type QuickLine = { 
/**
 * Such as "Müll rausbringen jeden Donnerstag 19 Uhr".
 */
line: string, 
/**
 * Only show what it would become.
 */
preview?: boolean, };

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
 * What speaks for a kind or a value, or against it.
 */
export type Reason = { 
/**
 * For it; else against it.
 */
speaks_for: boolean, 
/**
 * What was seen.
 */
seen: Seen, 
/**
 * The words of the letter, or the stable word of a field, if that is about one.
 */
words: string | null, };

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
 * How a task comes again.
 */
export type Recurrence = { 
/**
 * The rule, such as `FREQ=WEEKLY;BYDAY=TH`.
 */
rule: Rule, 
/**
 * From what it is counted.
 */
counted_from: CountedFrom, 
/**
 * The first day: with it the rule's intervals and its `COUNT` begin.
 */
start: string, 
/**
 * Days that are left out.
 */
except: Array<string>, };

/**
 * Where the user lives, by the letters of ISO 3166-2:DE; AT and CH know only Sundays and national bank days.
 */
export type Region = "BW" | "BY" | "BE" | "BB" | "HB" | "HH" | "HE" | "MV" | "NI" | "NW" | "RP" | "SL" | "SN" | "ST" | "SH" | "TH" | "AT" | "CH";

/**
 * Which of them to list; those that are missing come first.
 */
export type RegularQuery = { 
/**
 * Only those that should have come by now.
 */
missing?: boolean, 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, };

/**
 * A sender whose bills come again.
 */
export type RegularView = { 
/**
 * From whom.
 */
correspondent: CorrespondentId, 
/**
 * Its name.
 */
name: string, 
/**
 * What.
 */
kind: DocumentKind, 
/**
 * How often.
 */
rhythm: Rhythm, 
/**
 * About how much; none of what is no bill.
 */
amount: Money | null, 
/**
 * When the last one was written.
 */
last: string, 
/**
 * When the next one should come.
 */
expected: string, 
/**
 * It should have come by now.
 */
missing: boolean, };

/**
 * Another document of the same case.
 */
export type RelatedView = { 
/**
 * Which.
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
 * Date of the letter.
 */
issue_date: string | null, 
/**
 * What the two are to each other, if one names the other; else they belong together through a third.
 */
relation: Relation | null, };

/**
 * What one document is to another one.
 */
export type Relation = "reminds" | "corrects" | "repeats" | "answers" | "same_matter" | "continues";

/**
 * Where a reminder stands.
 */
export type ReminderState = "planned" | "due" | "attempted" | "delivered" | "seen" | "snoozed" | "acted" | "expired";

/**
 * A reminder as shown.
 */
export type ReminderView = { 
/**
 * What it is about; none for the letters that wait for a look.
 */
task: TaskId | null, 
/**
 * Title of the task.
 */
title: string, 
/**
 * How pressing.
 */
stage: Stage, 
/**
 * When it goes out.
 */
next_at: string, 
/**
 * Where it stands.
 */
state: ReminderState, };

/**
 * Another name for a sender.
 */
export type RenameCorrespondent = { 
/**
 * Which.
 */
id: CorrespondentId, 
/**
 * Its name.
 */
name: string, };

/**
 * Another name for a tag.
 */
export type RenameTag = { 
/**
 * Which.
 */
id: TagId, 
/**
 * Its name, without those above it.
 */
name: string, };

/**
 * How a task comes again.
 */
export type Repeat = { 
/**
 * RRULE (RFC 5545), such as `FREQ=WEEKLY;BYDAY=TH`.
 */
rule: Rule, 
/**
 * From what it is counted.
 */
counted_from: CountedFrom, 
/**
 * Days that are left out.
 */
except: Array<string>, };

/**
 * Which state to bring back.
 */
export type RestoreBackup = { 
/**
 * The backup folder.
 */
folder: string, 
/**
 * The twelve words.
 */
words: string, 
/**
 * The id of the state; the newest if left out.
 */
state: string | null, 
/**
 * The password of the data, if that is encrypted besides and does not have the same words.
 */
password?: string, };

/**
 * What came back.
 */
export type RestoredProfile = { 
/**
 * The state that it is.
 */
at: string, 
/**
 * Originals that came back.
 */
letters: number, 
/**
 * Their bytes and those of the database.
 */
bytes: number, 
/**
 * What was wrong already when the backup was made.
 */
findings: Array<string>, 
/**
 * Where the folder is that was there before, if there was one.
 */
before: string | null, 
/**
 * It takes its place at the next start.
 */
at_next_start: boolean, };

/**
 * Letters that need not be kept any longer.
 */
export type RetentionList = { 
/**
 * The oldest first.
 */
items: Array<RetentionProposal>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * A letter that need not be kept any longer.
 */
export type RetentionProposal = { 
/**
 * The letter.
 */
document: DocumentRow, 
/**
 * The rule.
 */
rule: RetentionRule, 
/**
 * Where it stands.
 */
source: string, 
/**
 * The last day on which it had to be kept.
 */
until: string, };

/**
 * How many proposals to list.
 */
export type RetentionQuery = { 
/**
 * At most so many; 50 if left out.
 */
limit?: number, };

/**
 * A rule about keeping letters. The words stay for good.
 */
export type RetentionRule = "work_on_property" | "voucher" | "business_letter";

/**
 * How often bills come.
 */
export type Rhythm = "monthly" | "quarterly" | "half_yearly" | "yearly";

/**
 * Who has which role in the profile.
 */
export type Roles = { 
/**
 * Who runs the engine: inbox folder and jobs.
 */
engine: RunBy, 
/**
 * Who sends reminders.
 */
reminders: RunBy, 
/**
 * This process waits, and takes over what another one runs as soon as that ends.
 */
takes_over: boolean, };

/**
 * The text of an RRULE that is known to be well-formed.
 */
export type Rule = string;

/**
 * A rule, tried or changed.
 */
export type RuleDraft = { 
/**
 * Whose letters.
 */
id: CorrespondentId, 
/**
 * What it finds.
 */
field: Field, 
/**
 * Where.
 */
anchor: Anchor, };

/**
 * A rule that does something by itself.
 */
export type RuleId = string;

/**
 * How often a rule was right and wrong, as far as persons have said.
 */
export type RuleRecord = { 
/**
 * A person took what it found.
 */
right: number, 
/**
 * A person took something else.
 */
wrong: number, };

/**
 * What a rule finds on one document.
 */
export type RuleTrial = { 
/**
 * Which.
 */
document: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * The value, if it finds just one.
 */
value: string | null, };

/**
 * Who has a role in a profile.
 */
export type RunBy = { "by": "here" } | { "by": "elsewhere", 
/**
 * Process id.
 */
pid: number, 
/**
 * `app`, `watch`, `serve` or `import`.
 */
kind: string, } | { "by": "nobody" };

/**
 * One run of a rule or of a sync: all its steps are taken back as one.
 */
export type RunId = string;

/**
 * How far what reads files is shut off from the rest of the computer, lest a malicious file do harm.
 */
export type SandboxView = { 
/**
 * Only the system calls that reading needs pass: nothing is sent, written or started.
 */
calls: boolean, 
/**
 * Version of Landlock by which the user's other files are closed off; none where the kernel has no Landlock.
 */
landlock: number | null, };

/**
 * Where to.
 */
export type SaveDiagnostics = { 
/**
 * Full path of a folder.
 */
folder: string, };

/**
 * A view to keep.
 */
export type SaveView = { 
/**
 * Which one to change; a new one if left out.
 */
id?: ViewId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it shows.
 */
query: string, 
/**
 * In which order; what fits best first if left out.
 */
order?: ViewOrder, 
/**
 * Its place among a person's own, from 0 on; as it was, or last, if left out.
 */
position?: number, };

/**
 * A report that was saved.
 */
export type SavedDiagnostics = { 
/**
 * The full path of its file.
 */
path: string, };

/**
 * What a key may be used for; each scope holds the ones before it. The words stay in the database for good.
 */
export type Scope = "read" | "write" | "admin";

/**
 * Some of what was found.
 */
export type SearchFound = { 
/**
 * In the order asked for.
 */
items: Array<SearchHit>, 
/**
 * How many were found in all.
 */
total: number, 
/**
 * There are more than were counted.
 */
more: boolean, 
/**
 * The query as it was understood, one chip for each condition.
 */
chips: Array<Chip>, 
/**
 * What was not understood.
 */
hints: Array<Hint>, 
/**
 * What the found documents are, if it was asked for.
 */
facets: Facets | null, 
/**
 * The answer, with the first documents, where the query is a question that the documents answer.
 */
answer: PaymentsAnswer | null, };

/**
 * A document that was found.
 */
export type SearchHit = { 
/**
 * The document.
 */
document: DocumentRow, 
/**
 * Its words are only nearly those of the query, or only some of them.
 */
similar: boolean, 
/**
 * A piece of the page with the words in it, if they stand on one.
 */
snippet: SnippetView | null, };

/**
 * What is looked for.
 */
export type SearchQuery = { 
/**
 * As it was typed, German or English: words, `"exact words"`, `-not`, `von:`, `betrag:>100`, `oder` …
 */
query: string, 
/**
 * In which order; what fits best first if left out.
 */
order?: ViewOrder, 
/**
 * At most so many; 20 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, 
/**
 * Count kinds, senders, years, states and tags as well.
 */
facets?: boolean, };

/**
 * What was seen on the letter. `{}` in the English text stands for the words of the letter.
 */
export type Seen = "in_title" | "in_first_sentence" | "word" | "kind_words" | "salutation" | "payment_code" | "rows" | "days" | "sums" | "account" | "informal" | "law" | "remedy" | "overdue" | "rules" | "check_digits" | "sums_agree" | "code_agrees" | "code_differs" | "sources_agree" | "labelled" | "proofs" | "proven" | "label" | "rivals" | "sentence" | "also_field" | "kind_of_letter" | "has_field" | "worked_out" | "from_picture" | "in_code" | "before" | "behind" | "left" | "left_of_it" | "inside" | "organisation" | "greeted" | "in_address" | "distance" | "among_days" | "among_amounts" | "minus" | "on_page";

/**
 * Tasks that a person has before the eyes.
 */
export type SeenTasks = { 
/**
 * Which.
 */
tasks: Array<TaskId>, };

/**
 * A rule as shown.
 */
export type SenderRuleView = { 
/**
 * What it finds.
 */
field: Field, 
/**
 * Where.
 */
anchor: Anchor, 
/**
 * Counted from 1.
 */
version: number, 
/**
 * The letter on which it was shown.
 */
learned_from: DocumentId | null, 
/**
 * How it fared.
 */
record: RuleRecord, 
/**
 * It is asked: neither switched off nor retired.
 */
holds: boolean, 
/**
 * A person switched it off.
 */
is_off: boolean, };

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
 * What a person says about two documents.
 */
export type SetRelation = { 
/**
 * The one.
 */
id: DocumentId, 
/**
 * The other.
 */
other: DocumentId, 
/**
 * What the one is to the other; left out where they do not belong together.
 */
relation?: Relation, };

/**
 * What the letters say about their reader and the settings do not say yet.
 */
export type SettingProposals = { 
/**
 * Names that several senders write to.
 */
own_names: Array<string>, 
/**
 * The Land that most letters are sent to, if it is another one than that of the settings.
 */
land: Region | null, };

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
 * Read pages on which the first reader is unsure again by the second one, which takes longer.
 */
second_reader: boolean, 
/**
 * Whose public holidays count.
 */
land: Region, 
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
 * Times of day of their own for kinds of tasks.
 */
reminder_slots_by_kind: { [key in TaskKind]?: Array<string> }, 
/**
 * What may come on Saturdays and Sundays.
 */
weekend: Weekend, 
/**
 * Never more notifications a day, but for snoozes that come back and what is pressing.
 */
most_notifications_a_day: number, 
/**
 * Remind of overdue things every hour.
 */
hourly_when_overdue: boolean, 
/**
 * Ids of the channels for each stage, see [`CHANNELS`](connect::CHANNELS); all of them where nothing is said. The
 * first one that takes a reminder is enough, but what is overdue goes out on all that are named for it.
 */
reminder_channels: { [key in Stage]?: Array<string> }, 
/**
 * Start with the session; none until the person was asked.
 */
start_at_login: boolean | null, 
/**
 * The folder with the repository that backups are made into every day; none: no backups are made.
 */
backup_folder: string | null, 
/**
 * Lock encrypted data after so many minutes without a person; 0: never by itself.
 */
lock_after_minutes: number, 
/**
 * Lock encrypted data before the computer sleeps.
 */
lock_before_sleep: boolean, 
/**
 * What reminders say while the data is locked.
 */
while_locked: WhileLocked, 
/**
 * A small moment of joy when something is done.
 */
celebrate: boolean, 
/**
 * The person was told that closing the window keeps the program in the tray.
 */
told_about_tray: boolean, };

/**
 * The form of a field's value.
 */
export type Shape = "text" | "date" | "date_time" | "amount" | "currency" | "iban" | "integer" | "skonto" | "lines" | "taxes" | "adjustments" | "instalments";

/**
 * Where a value stands from its anchor.
 */
export type Side = "behind" | "right" | "below";

/**
 * A step that was not undone.
 */
export type SkippedView = { 
/**
 * Which.
 */
step: StepId, 
/**
 * The word for what had been done.
 */
op: string, 
/**
 * What it was about.
 */
label: string | null, 
/**
 * What stands in the way; English.
 */
standing: string, };

/**
 * Words of a snippet.
 */
export type SnippetPart = { 
/**
 * The words.
 */
text: string, 
/**
 * They are what was looked for.
 */
hit: boolean, };

/**
 * A piece of a page.
 */
export type SnippetView = { 
/**
 * Page, counted from 1.
 */
page: number, 
/**
 * Hits and other words in turns.
 */
parts: Array<SnippetPart>, };

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
 * Several documents.
 */
export type SomeDocuments = { 
/**
 * Which.
 */
ids: Array<DocumentId>, };

/**
 * Where an arrival came from.
 */
export type SourceId = "inbox" | "drop" | "import" | "recovered" | "arranged" | "paperless";

/**
 * Letters that are from somebody else.
 */
export type SplitSender = { 
/**
 * Which letters.
 */
documents: Array<DocumentId>, 
/**
 * Who really sent them: a name, of somebody known or not.
 */
name: string, };

/**
 * How pressing a reminder is. Ordered: info < warning < urgent < critical.
 */
export type Stage = "info" | "warning" | "urgent" | "critical";

/**
 * Letters older than their own deadlines: filed quietly, asked about once.
 */
export type StaleLettersView = { 
/**
 * The newest of them.
 */
documents: Array<DocumentRow>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * The day that a count starts from.
 */
export type StartKind = "printed" | "letter_date" | "received" | "served" | "posted" | "contract_start" | "concluded" | "term_end" | "effective_date" | "expiry" | "debit" | "appointment" | "proposed";

/**
 * What an amount is of which nothing says that it is to go anywhere.
 */
export type Stated = "price" | "claim" | "worth" | "payout" | "other";

/**
 * Where a task stands.
 */
export type StatusChange = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * Open, begun, waiting or cancelled; `tasks.complete` says that it is done.
 */
status: TaskStatus, };

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
 * Who runs the engine: inbox folder and jobs.
 */
engine: RunBy, 
/**
 * Who sends reminders.
 */
reminders: RunBy, 
/**
 * This process waits, and takes over what another one runs as soon as that ends.
 */
takes_over: boolean, 
/**
 * The threads of this process and what they are at.
 */
threads: Array<ThreadView>, 
/**
 * Files being worked on and those that come next.
 */
jobs: Array<JobView>, 
/**
 * How many files there are to work on in all.
 */
jobs_total: number, 
/**
 * Documents whose results are of an older version and are computed again; not among the files to work on.
 */
to_recompute: number, 
/**
 * Letters of which doubtful words are read a second time in the background.
 */
second_readings: number, 
/**
 * The backlog is held up, and so is what is computed again.
 */
backlog_paused: boolean, 
/**
 * What went wrong and was not dismissed, the newest first.
 */
problems: Array<ProblemView>, 
/**
 * The same by their causes, the newest first.
 */
problem_groups: Array<ProblemGroupView>, 
/**
 * Documents waiting for a look.
 */
review_count: number, 
/**
 * Is there a tray to live in? None while unknown or without a window.
 */
tray: boolean | null, 
/**
 * Ids of the channels that a reminder can go out on, in the order in which they are asked.
 */
channels: Array<string>, 
/**
 * Why no notification can be shown, if so.
 */
notifications_problem: string | null, 
/**
 * Is the second reader installed?
 */
second_reader_installed: boolean, 
/**
 * How far what reads files is shut off.
 */
sandbox: SandboxView, 
/**
 * The last backup was made then, and is so old that the person should know.
 */
old_backup: string | null, 
/**
 * The data is encrypted, so it can be locked.
 */
encrypted: boolean, 
/**
 * Reminders are paused until then.
 */
reminders_paused_until: string | null, };

/**
 * Where something about a forgotten person stays.
 */
export type Stay = "original" | "container" | "backup" | "before_update" | "elsewhere";

/**
 * Something that stays.
 */
export type StayView = { 
/**
 * What it is.
 */
stay: Stay, 
/**
 * Its name or its folder.
 */
what: string | null, 
/**
 * How many.
 */
count: number, 
/**
 * Until when at most.
 */
until: string | null, };

/**
 * A step to tick off.
 */
export type StepDone = { 
/**
 * Of which task.
 */
id: TaskId, 
/**
 * Which, from 0 on.
 */
position: number, 
/**
 * Done, or not after all.
 */
done: boolean, };

/**
 * One undoable change.
 */
export type StepId = string;

/**
 * What a step of the calculation does.
 */
export type StepKind = "plus" | "notified" | "next_working_day" | "working_day_before" | "bank_day" | "bank_day_before" | "next_bank_day" | "term_end" | "renewed" | "notice" | "post" | "day_before" | "ahead" | "month_end";

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
 * On whose behalf.
 */
by: By, 
/**
 * The name of the key with which another program did it.
 */
by_name: string | null, 
/**
 * The run of a rule or a sync that it was a part of.
 */
run: RunId | null, 
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
undone: boolean, 
/**
 * Can it be undone now, unless something newer builds on it?
 */
can_be_undone: boolean, 
/**
 * Its place in the history.
 */
number: number, 
/**
 * What it changed; empty where nothing else was asked for.
 */
changes: Array<ChangeView>, 
/**
 * Changes that are not shown: too many.
 */
more: number, 
/**
 * What it changed was forgotten, because it was about somebody who wanted that.
 */
forgotten: boolean, };

/**
 * What is suggested for a document.
 */
export type SuggestionsView = { 
/**
 * What it may be instead; asked only in review, and never instead of a kind that must not be overlooked.
 */
kind: KindSuggestion | null, 
/**
 * Tags that it does not have, the likeliest first.
 */
tags: Array<TagSuggestion>, };

/**
 * A rule switched off or on.
 */
export type SwitchRule = { 
/**
 * Whose letters.
 */
id: CorrespondentId, 
/**
 * What it finds.
 */
field: Field, 
/**
 * Off, or on again.
 */
off: boolean, };

/**
 * A tag.
 */
export type TagId = string;

/**
 * A tag that a document may deserve.
 */
export type TagSuggestion = { 
/**
 * Its name behind those of the tags above it.
 */
path: string, 
/**
 * The words on the document that speak for this.
 */
because: Array<string>, };

/**
 * A tag.
 */
export type TagView = { 
/**
 * Its id.
 */
id: TagId, 
/**
 * Its name behind those of the tags above it: "Steuer/2026".
 */
path: string, 
/**
 * Documents with this very tag.
 */
documents: number, 
/**
 * Tasks with this very tag.
 */
tasks: number, };

/**
 * Everything that a person can say about a task.
 */
export type TaskDraft = { 
/**
 * Whom or what it is about.
 */
title: string, 
/**
 * What sort of thing.
 */
kind: TaskKind, 
/**
 * The day to act on.
 */
due: string | null, 
/**
 * Time of that day.
 */
due_time: string | null, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Who gets the money.
 */
payee: string | null, 
/**
 * In as many words as one likes.
 */
description: string, 
/**
 * How many minutes it takes.
 */
minutes: number | null, 
/**
 * How pressing, whatever the score says.
 */
urgency: Urgency | null, 
/**
 * Words to find it by.
 */
tags: Array<string>, 
/**
 * Its steps.
 */
steps: Array<ChecklistStep>, 
/**
 * How it comes again.
 */
recurrence: Repeat | null, 
/**
 * Documents that belong to it.
 */
documents: Array<DocumentId>, };

/**
 * A change of a task.
 */
export type TaskEdit = { 
/**
 * Which.
 */
id: TaskId, 
/**
 * How it is to be, all of it.
 */
draft: TaskDraft, };

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
export type TaskKind = "pay" | "check_debit" | "object" | "cancel_or_keep" | "attend" | "pick_up" | "redeem" | "renew" | "maintain" | "expect_money" | "await_confirmation" | "other";

/**
 * A part of the tasks.
 */
export type TaskPage = { 
/**
 * In the order of the list.
 */
items: Array<TaskView>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The place of the task asked for, from 0 on; none where it is not in the list.
 */
place: number | null, };

/**
 * Which tasks to list; the open ones if left out.
 */
export type TaskQuery = { 
/**
 * Which.
 */
filter?: TaskFilter, 
/**
 * At most so many; 50 if left out.
 */
limit?: number, 
/**
 * Skip so many.
 */
offset?: number, 
/**
 * Say at which place of the list this one stands, too.
 */
place_of?: TaskId, 
/**
 * Only those with these words, this amount, this day or this tag.
 */
text?: string, };

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
 * Its document waits for a look: it may move or go when a person has looked.
 */
provisional: boolean, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Who gets the money.
 */
payee: string | null, 
/**
 * Where an appointment is.
 */
place: string | null, 
/**
 * What to bring there, in the words of the letter.
 */
bring: string | null, 
/**
 * An appointment that has begun: it was at that time.
 */
has_begun: boolean, 
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
 * How the date was worked out, step by step; none for tasks made by hand.
 */
derivation: Derivation | null, 
/**
 * Statute and section of the rule.
 */
source: string | null, 
/**
 * Ids of the first steps.
 */
steps: Array<string>, 
/**
 * The same steps, with what is done of them.
 */
checklist: Array<ChecklistStep>, 
/**
 * In as many words as one likes.
 */
description: string, 
/**
 * How many minutes it takes.
 */
minutes: number | null, 
/**
 * Words to find it by.
 */
tags: Array<string>, 
/**
 * How it comes again.
 */
recurrence: Recurrence | null, 
/**
 * Documents that belong to it besides its own.
 */
documents: Array<DocumentId>, 
/**
 * Tasks that have to be done before it.
 */
blocked_by: Array<TaskId>, 
/**
 * One of them is still open.
 */
blocked: boolean, 
/**
 * What is left to pay.
 */
open_amount: Money | null, 
/**
 * Less to pay, while it holds.
 */
discount: DiscountView | null, 
/**
 * What was paid already.
 */
payments: Array<PaymentView>, 
/**
 * Which way its money goes, and where it stands; none where it is about none.
 */
money: MoneyState | null, 
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
next_reminder: string | null, 
/**
 * When it comes back, for one that was put off.
 */
comes_back: string | null, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark" | "high_contrast";

/**
 * The state of a thread.
 */
export type ThreadState = "running" | "waiting" | "restarting" | "stopped";

/**
 * A thread of the program.
 */
export type ThreadView = { 
/**
 * What it does: `reminders`, `inbox`, `jobs-0` …
 */
name: string, 
/**
 * Its state.
 */
state: ThreadState, 
/**
 * The time of its last sign of life. A running thread gives one with each piece of work.
 */
last_beat: string, 
/**
 * How often it failed and began again.
 */
restarts: number, 
/**
 * Why it last failed.
 */
last_error: string | null, };

/**
 * A card of Today: what is to be done about one letter, or one task without a letter.
 */
export type TodayCard = { 
/**
 * The other tasks of the same letter that end this week, and its objection.
 */
also: Array<TaskView>, 
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
 * Its document waits for a look: it may move or go when a person has looked.
 */
provisional: boolean, 
/**
 * How much.
 */
amount: Money | null, 
/**
 * Who gets the money.
 */
payee: string | null, 
/**
 * Where an appointment is.
 */
place: string | null, 
/**
 * What to bring there, in the words of the letter.
 */
bring: string | null, 
/**
 * An appointment that has begun: it was at that time.
 */
has_begun: boolean, 
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
 * How the date was worked out, step by step; none for tasks made by hand.
 */
derivation: Derivation | null, 
/**
 * Statute and section of the rule.
 */
source: string | null, 
/**
 * Ids of the first steps.
 */
steps: Array<string>, 
/**
 * The same steps, with what is done of them.
 */
checklist: Array<ChecklistStep>, 
/**
 * In as many words as one likes.
 */
description: string, 
/**
 * How many minutes it takes.
 */
minutes: number | null, 
/**
 * Words to find it by.
 */
tags: Array<string>, 
/**
 * How it comes again.
 */
recurrence: Recurrence | null, 
/**
 * Documents that belong to it besides its own.
 */
documents: Array<DocumentId>, 
/**
 * Tasks that have to be done before it.
 */
blocked_by: Array<TaskId>, 
/**
 * One of them is still open.
 */
blocked: boolean, 
/**
 * What is left to pay.
 */
open_amount: Money | null, 
/**
 * Less to pay, while it holds.
 */
discount: DiscountView | null, 
/**
 * What was paid already.
 */
payments: Array<PaymentView>, 
/**
 * Which way its money goes, and where it stands; none where it is about none.
 */
money: MoneyState | null, 
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
next_reminder: string | null, 
/**
 * When it comes back, for one that was put off.
 */
comes_back: string | null, };

/**
 * What matters now.
 */
export type TodayView = { 
/**
 * The user's calendar date.
 */
date: string, 
/**
 * What happened meanwhile, for who comes back after days.
 */
away: News | null, 
/**
 * Of that, what was missed and what was debited: at most five, the newest first.
 */
happened: Array<TaskView>, 
/**
 * At most three things, in the order of [`domain::today_order`].
 */
cards: Array<TodayCard>, 
/**
 * How many things end within a week, those of the cards with them; without the late ones behind them.
 */
this_week: number, 
/**
 * The next ones, quietly: nothing that is late.
 */
coming: Array<TaskView>, 
/**
 * How many late things are not shown here.
 */
late: number, 
/**
 * What a person has put off, with when it comes back.
 */
put_off: Array<TaskView>, 
/**
 * Rights that have just ended without anybody using them.
 */
lapsed: Array<TaskView>, 
/**
 * New letters with nothing to do about them.
 */
filed: FiledView, 
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
stale_letters: StaleLettersView | null, };

/**
 * What to transfer, each part to be copied by itself.
 */
export type TransferView = { 
/**
 * Exact name of the payee.
 */
payee: string | null, 
/**
 * Account, without spaces.
 */
iban: string | null, 
/**
 * Bank.
 */
bic: string | null, 
/**
 * What is left to pay.
 */
open: Money | null, 
/**
 * What of that is the fee of a reminder.
 */
fee: Money | null, 
/**
 * What to write on it.
 */
reference: string | null, 
/**
 * The day to pay on.
 */
due: string | null, 
/**
 * Less, if paid earlier; the earliest first.
 */
discounts: Array<DiscountView>, 
/**
 * What was paid already.
 */
payments: Array<PaymentView>, 
/**
 * The code to scan.
 */
code: CodeView | null, 
/**
 * Why there is none.
 */
no_code: NoCode | null, 
/**
 * What to look at before paying.
 */
warnings: Array<Warning>, 
/**
 * The accounts that a warning is about.
 */
accounts: Array<AccountView>, };

/**
 * The trash.
 */
export type TrashView = { 
/**
 * So many days a document stays in it.
 */
days: number, 
/**
 * How many documents are in it.
 */
documents: number, 
/**
 * The day on which the first of them is deleted for good.
 */
next: string | null, };

/**
 * What to encrypt with.
 */
export type TurnEncryptionOn = { 
/**
 * The password.
 */
password: string, 
/**
 * The twelve words, as the person typed them from the paper.
 */
words: string, };

/**
 * The password, or the twelve words.
 */
export type TypedPassword = { 
/**
 * What was typed.
 */
password: string, };

/**
 * What is to be understood.
 */
export type TypedQuery = { 
/**
 * As it was typed.
 */
query: string, };

/**
 * A query as it is understood.
 */
export type Understood = { 
/**
 * One chip for each condition.
 */
chips: Array<Chip>, 
/**
 * What was not understood.
 */
hints: Array<Hint>, };

/**
 * Which run to undo.
 */
export type UndoRun = { 
/**
 * The run.
 */
run: RunId, };

/**
 * Which step to undo.
 */
export type UndoStep = { 
/**
 * This one, or none at all; without it the newest one of the person that can be undone.
 */
step?: StepId, };

/**
 * What was undone, or done again.
 */
export type UndoneView = { 
/**
 * The step; of a run the newest one.
 */
step: StepId, 
/**
 * The word for what had been done, such as `complete_task`.
 */
op: string, 
/**
 * What it was about.
 */
label: string | null, 
/**
 * How many steps; one, unless it was a run.
 */
steps: number, 
/**
 * Steps that were left as they are, because something newer builds on them.
 */
skipped: Array<SkippedView>, };

/**
 * A password for the locked file of a problem.
 */
export type Unlock = { 
/**
 * Which problem.
 */
id: ProblemId, 
/**
 * What opens the file.
 */
password: string, };

/**
 * A file is open and is being read.
 */
export type Unlocked = { 
/**
 * The password is in the system's secret store; else it is known until the program ends.
 */
kept: boolean, };

/**
 * Four words for how pressing.
 */
export type Urgency = "low" | "medium" | "high" | "critical";

/**
 * How a value is to be read.
 */
export type ValueForm = "text" | "day" | "instant" | "kind" | "state" | "status" | "task_kind" | "done_how" | "urgency" | "relation" | "flag";

/**
 * What a check of the profile found.
 */
export type VerificationView = { 
/**
 * When.
 */
at: string, 
/**
 * Originals that were read.
 */
originals: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Steps of the history whose chain was followed.
 */
steps: number, 
/**
 * What is wrong.
 */
findings: Array<FindingView>, 
/**
 * More findings than are named.
 */
more: number, };

/**
 * Which originals to read.
 */
export type VerifyQuery = { 
/**
 * This part …
 */
part?: number, 
/**
 * … of so many; all if left out.
 */
parts?: number, };

/**
 * A saved view.
 */
export type ViewId = string;

/**
 * In which order documents are shown.
 */
export type ViewOrder = "best" | "newest" | "oldest" | "due" | "amount";

/**
 * A view with what it shows now.
 */
export type ViewRow = { 
/**
 * The id of a person's own view; of one that is there from the start, the stable word on which its name hangs.
 */
id: string, 
/**
 * It is there from the start.
 */
ready: boolean, 
/**
 * Its name; empty where the interface has it.
 */
name: string, 
/**
 * What it shows, in the words of the user's language.
 */
query: string, 
/**
 * In which order.
 */
order: ViewOrder, 
/**
 * How many documents it shows.
 */
count: number, };

/**
 * A reason to look twice. Each stands in words beside the document and its task; none of them lets a payment code through.
 */
export type Warning = { "warning": "changed_account" } | { "warning": "foreign_account" } | { "warning": "unknown_claim", 
/**
 * The sender collects for somebody else.
 */
for_another: boolean, } | { "warning": "already_paid", 
/**
 * With this bill.
 */
by: DocumentId, } | { "warning": "repeats", 
/**
 * This one.
 */
other: DocumentId, } | { "warning": "corrected", 
/**
 * By this letter.
 */
by: DocumentId, } | { "warning": "page_and_xml_differ" } | { "warning": "looks_like_a_bill" };

/**
 * What may come on Saturdays and Sundays.
 */
export type Weekend = "as_usual" | "only_pressing";

/**
 * What it means; all empty where a word of it is not understood.
 */
export type WhenView = { 
/**
 * The day.
 */
day: string | null, 
/**
 * The time of day.
 */
time: string | null, 
/**
 * How it comes again.
 */
recurrence: Repeat | null, };

/**
 * What reminders say while the data is locked.
 */
export type WhileLocked = "nothing" | "that_something_is_due" | "everything";

/**
 * Why a kind or a value was taken.
 */
export type WhyView = { 
/**
 * The field; none for the kind of the document.
 */
field: Field | null, 
/**
 * What speaks for it, then what speaks against it, the strongest first.
 */
reasons: Array<Reason>, };

/**
 * A word of a page.
 */
export type WordView = { 
/**
 * The text without spaces.
 */
text: string, 
/**
 * Its place, in fractions of the page.
 */
rect: Rect, };

/**
 * What somebody has typed.
 */
export type Words = { 
/**
 * Such as "übernächsten Freitag", "12.12.", "halb acht" or "every Thursday".
 */
text: string, 
/**
 * It is about something that has happened: a day without its year is the last such day.
 */
past?: boolean, };

/**
 * A note for a document.
 */
export type WriteNote = { 
/**
 * Which document.
 */
id: DocumentId, 
/**
 * Markdown; an empty note goes.
 */
note: string, };

/**
 * The bills of one year.
 */
export type YearView = { 
/**
 * The year of the letters.
 */
year: number, 
/**
 * How many bills, credit notes among them.
 */
bills: number, 
/**
 * What they come to; credit notes count against it, dunning letters do not count again.
 */
billed: Money, 
/**
 * What was paid in that year, as far as it is known: payments that were noted, debits that were checked, receipts.
 */
paid: Money, };

/** Every command by name, with its input and output. */
export interface Commands {
  /** How things stand: engine, jobs, problems, tray. */
  "status.get": { input: null; output: StatusView };
  /** What matters now. */
  "today.get": { input: null; output: TodayView };
  /** The person has Today before the eyes. */
  "today.seen": { input: null; output: null };
  /** List documents. */
  "documents.list": { input: DocumentQuery; output: DocumentList };
  /** Everything about one document. */
  "documents.get": { input: OneDocument; output: DocumentView };
  /** A kind and tags that a document may deserve, and why. */
  "documents.suggestions": { input: OneDocument; output: SuggestionsView };
  /** The words of a page with their places, in reading order. */
  "documents.words": { input: OnePage; output: Array<WordView> };
  /** Say what a document is. */
  "documents.set_kind": { input: SetKind; output: DocumentView };
  /** Put a document into the trash. */
  "documents.trash": { input: OneDocument; output: null };
  /** Put several documents into the trash. */
  "documents.trash_many": { input: SomeDocuments; output: null };
  /** Letters that need not be kept any longer, by German law: proposals only. */
  "retention.list": { input: RetentionQuery; output: RetentionList };
  /** What is in the trash, and until when. */
  "trash.get": { input: null; output: TrashView };
  /** Delete for good what is in the trash, or say what that would delete. */
  "trash.delete": { input: DeleteForGood; output: DeletedView };
  /** Open a copy of the original in its program. */
  "documents.open": { input: OneDocument; output: null };
  /** Show a copy of the original in its folder. */
  "documents.show": { input: OneDocument; output: null };
  /** Make a copy of the original under its own name. */
  "documents.export": { input: OneDocument; output: Derived };
  /** Take a document out of the trash. */
  "documents.restore": { input: OneDocument; output: null };
  /** Make a PDF of a document in which its words can be searched and copied; the original stays as it is. */
  "documents.searchable_pdf": { input: OneDocument; output: Derived };
  /** Turn, move or leave out pages; divide documents or put them together. */
  "pages.arrange": { input: Arrangement; output: Arranged };
  /** Put the pictures together that show one paper in parts, such as a long receipt. */
  "pages.put_together": { input: OneDocument; output: Arranged };
  /** Put the pages of a document into the order that is printed on them. */
  "pages.put_in_order": { input: OneDocument; output: Arranged };
  /** Make copies of the files that a document's pages came in. */
  "pages.as_they_came": { input: OneDocument; output: Array<Derived> };
  /** List cases: documents that belong together. */
  "cases.list": { input: CaseQuery; output: CaseList };
  /** The case that a document belongs to, with all its letters. */
  "cases.get": { input: OneDocument; output: CaseView };
  /** Say that two documents belong together. */
  "cases.join": { input: JoinDocuments; output: DocumentView };
  /** Say that a document belongs to none of its case. */
  "cases.part": { input: OneDocument; output: DocumentView };
  /** Say what one document is to another one, or that they do not belong together. */
  "cases.relate": { input: SetRelation; output: DocumentView };
  /** The codes of every kind on a document's pages: bar codes, too. */
  "documents.codes": { input: OneDocument; output: Array<Code> };
  /** What a person has noted about a document, and its tags. */
  "documents.note": { input: OneDocument; output: NoteView };
  /** Note something about a document, in Markdown. */
  "documents.write_note": { input: WriteNote; output: null };
  /** Change several documents at once: tags, kind, sender, trash. */
  "documents.edit": { input: EditDocuments; output: null };
  /** All tags by their paths. */
  "tags.list": { input: null; output: Array<TagView> };
  /** Give a tag another name. */
  "tags.rename": { input: RenameTag; output: null };
  /** Make two tags one. */
  "tags.merge": { input: MergeTags; output: null };
  /** Give a sender another name. */
  "correspondents.rename": { input: RenameCorrespondent; output: null };
  /** Make two senders one. */
  "correspondents.merge": { input: MergeCorrespondents; output: null };
  /** The other letters of a letter's sender that are alike. */
  "correspondents.alike": { input: OneDocument; output: Array<DocumentRow> };
  /** Say that letters are from somebody else. */
  "correspondents.split": { input: SplitSender; output: OneSender };
  /** Find documents by what a person types. */
  "search.find": { input: SearchQuery; output: SearchFound };
  /** What a query means, condition by condition. */
  "search.understand": { input: TypedQuery; output: Understood };
  /** Where the words of a query stand on the pages of a document. */
  "search.hits": { input: FindHits; output: Array<HitPlaces> };
  /** The views that are there from the start, and a person's own. */
  "views.list": { input: null; output: Array<ViewRow> };
  /** Keep a query as a view, or change one. */
  "views.save": { input: SaveView; output: ViewRow };
  /** Remove a view of one's own. */
  "views.remove": { input: OneView; output: null };
  /** Documents that wait for a look, the one with the next day first. */
  "review.list": { input: PageQuery; output: Page<DocumentRow> };
  /** What would follow from accepting a document, if a field of it said something else. */
  "review.preview": { input: PreviewQuery; output: Array<PlannedView> };
  /** Why the kind of a document and its values were taken: what weighed most. */
  "review.why": { input: OneDocument; output: Array<WhyView> };
  /** Say what a field of a document really is. */
  "review.correct": { input: Correction; output: DocumentView };
  /** Confirm a document as shown and make its tasks. */
  "review.accept": { input: OneDocument; output: Accepted };
  /** What was learned about the letters of a sender. */
  "rules.list": { input: OneSender; output: Array<SenderRuleView> };
  /** What a rule would find on the sender's documents. */
  "rules.try": { input: RuleDraft; output: Array<RuleTrial> };
  /** Say beside which words a value stands. */
  "rules.change": { input: RuleDraft; output: Array<SenderRuleView> };
  /** Switch a rule off, or on again. */
  "rules.switch": { input: SwitchRule; output: Array<SenderRuleView> };
  /** Delete a rule. */
  "rules.forget": { input: ForgetRule; output: Array<SenderRuleView> };
  /** Documents in review about which nothing is doubtful any more. */
  "review.clear": { input: null; output: Array<DocumentId> };
  /** Confirm several documents as they are. */
  "review.accept_many": { input: SomeDocuments; output: null };
  /** List correspondents by name. */
  "correspondents.list": { input: CorrespondentQuery; output: Page<CorrespondentRow> };
  /** Everything about one correspondent. */
  "correspondents.get": { input: OneCorrespondent; output: CorrespondentView };
  /** How the backups stand. */
  "backup.get": { input: null; output: BackupsView };
  /** Twelve new words for a backup; they are stored nowhere. */
  "backup.words": { input: null; output: string };
  /** Make backups into a folder from now on. */
  "backup.set_up": { input: BackupFolder; output: BackupsView };
  /** Make a backup now. */
  "backup.run": { input: null; output: BackupsView };
  /** Hold up the backup that is being made. */
  "backup.pause": { input: null; output: BackupsView };
  /** Go on with the backup that is held up. */
  "backup.resume": { input: null; output: BackupsView };
  /** Break off the backup that is being made. */
  "backup.break_off": { input: null; output: BackupsView };
  /** Make no more backups; those that are there stay. */
  "backup.turn_off": { input: null; output: BackupsView };
  /** The states of a backup that can be brought back. */
  "backup.states": { input: BackupFolder; output: Array<BackupState> };
  /** Bring a state of a backup back in place of this profile, at the next start. */
  "backup.restore": { input: RestoreBackup; output: RestoredProfile };
  /** Start the window's program again. */
  "program.restart": { input: null; output: null };
  /** Look whether every original is there and unchanged, and whether the database is whole. */
  "profile.verify": { input: VerifyQuery; output: VerificationView };
  /** The keys with which other programs may use this one. */
  "keys.list": { input: null; output: Array<KeyView> };
  /** Make a key for another program; it is shown this one time. */
  "keys.add": { input: NewKey; output: KeyMade };
  /** Let a key open nothing any more. */
  "keys.revoke": { input: OneKey; output: null };
  /** Whether the data is encrypted, and what opens it. */
  "encryption.get": { input: null; output: EncryptionView };
  /** Encrypt the data at the next start. */
  "encryption.turn_on": { input: TurnEncryptionOn; output: EncryptionView };
  /** Write the data without encryption at the next start. */
  "encryption.turn_off": { input: TypedPassword; output: EncryptionView };
  /** Leave the data as it is at the next start. */
  "encryption.call_off": { input: null; output: EncryptionView };
  /** Another password from now on. */
  "encryption.change_password": { input: ChangePassword; output: null };
  /** Other words on paper from now on. */
  "encryption.change_words": { input: TurnEncryptionOn; output: null };
  /** Let the secret store of the system open the data when the program starts, or no more. */
  "encryption.open_by_itself": { input: OpenBySecretStore; output: EncryptionView };
  /** Lock the data until the password is typed. */
  "encryption.lock": { input: null; output: null };
  /** The person is at the window: the data is not locked by itself yet. */
  "encryption.stay": { input: null; output: null };
  /** Remove all there is of a person, and black the name out in letters of others; or say what that would do. */
  "people.forget": { input: ForgetPerson; output: ForgottenView };
  /** What was given out of the program, and to whom. */
  "privacy.ledger": { input: null; output: PrivacyLedger };
  /** List contracts, the next decision first. */
  "contracts.list": { input: ContractQuery; output: Page<ContractView> };
  /** What all contracts cost in a month and in a year. */
  "contracts.costs": { input: null; output: ContractCosts };
  /** Bills that come again, and those that should have come. */
  "bills.regular": { input: RegularQuery; output: Page<RegularView> };
  /** List tasks, page by page, or those that fit some words. */
  "tasks.list": { input: TaskQuery; output: TaskPage };
  /** One task. */
  "tasks.get": { input: OneTask; output: TaskView };
  /** What a day, an hour or a rhythm means that somebody has typed. */
  "when.read": { input: Words; output: WhenView };
  /** Bring a task up in the window. */
  "tasks.show": { input: OneTask; output: null };
  /** Make a task. */
  "tasks.add": { input: TaskDraft; output: TaskView };
  /** Make a task from one line of words, or show what it would be. */
  "tasks.quick_add": { input: QuickLine; output: QuickAdded };
  /** Say anew what a task is. */
  "tasks.edit": { input: TaskEdit; output: TaskView };
  /** Tick a step of a task off, or not after all. */
  "tasks.step": { input: StepDone; output: TaskView };
  /** Begin a task, wait with it, take it up again or cancel it. */
  "tasks.status": { input: StatusChange; output: TaskView };
  /** Say which tasks have to be done before this one. */
  "tasks.block": { input: Blocks; output: TaskView };
  /** Move a task to the next day that is still safe. */
  "tasks.not_today": { input: NotToday; output: NewDay };
  /** Leave this occurrence of a task out. */
  "tasks.skip": { input: Occurrence; output: TaskView };
  /** Open a task in the calendar of the desktop. */
  "tasks.add_to_calendar": { input: OneTask; output: Derived };
  /** What stands on each day of a time, as far as there is room for it. */
  "calendar.days": { input: CalendarDays; output: Array<CalendarDay> };
  /** Tasks and bills that should come, by their days. */
  "calendar.list": { input: CalendarQuery; output: Page<CalendarItem> };
  /** A task as a file for a calendar, with its alarms. */
  "tasks.ics": { input: OneTask; output: CalendarFile };
  /** A task is done. */
  "tasks.complete": { input: Completion; output: TaskView };
  /** What to transfer for a task, and the code to scan. */
  "tasks.payment": { input: PaymentQuery; output: TransferView };
  /** Something was paid towards a task; when nothing is left, it is done. */
  "tasks.pay": { input: Paid; output: TaskView };
  /** A task is not done after all. */
  "tasks.reopen": { input: OneTask; output: TaskView };
  /** Move a task to another day. */
  "tasks.postpone": { input: Postponement; output: TaskView };
  /** Say what a deadline is to be counted with. */
  "deadlines.assume": { input: Assume; output: TaskView };
  /** List reminders that are still to come or wait to be seen. */
  "reminders.list": { input: null; output: Array<ReminderView> };
  /** Reminders that nobody has reacted to yet. */
  "reminders.waiting": { input: null; output: Array<ReminderView> };
  /** What became of reminders, newest first. */
  "reminders.history": { input: HistoryOfReminders; output: Array<NotificationView> };
  /** A person has the reminders of these tasks before the eyes. */
  "reminders.seen": { input: SeenTasks; output: null };
  /** Put the reminders of a task off; they come back. */
  "reminders.snooze": { input: Snooze; output: TaskView };
  /** Seen: silence this stage of a task's reminders, not the next one. */
  "reminders.acknowledge": { input: OneTask; output: TaskView };
  /** Pause all reminders, or resume them. */
  "reminders.pause": { input: PauseReminders; output: Paused };
  /** Answer whether old post has been dealt with. */
  "stale_letters.answer": { input: AnswerStaleLetters; output: null };
  /** Take files or folders in. */
  "files.import": { input: Import; output: Array<Imported> };
  /** Take the sample letters in, for a first look. */
  "samples.import": { input: null; output: Array<Imported> };
  /** The sample letters that are here and not in the trash. */
  "samples.list": { input: null; output: Array<DocumentId> };
  /** Write everything into an empty folder, readable without this program. */
  "export.run": { input: ExportTo; output: Exported };
  /** What an export says of itself. */
  "export.look": { input: ExportFolder; output: ExportView };
  /** Bring an export back into an empty profile. */
  "export.import": { input: ExportFolder; output: Brought };
  /** What an import from paperless-ngx would do. */
  "paperless.preview": { input: PaperlessExport; output: PaperlessPreview };
  /** Take the documents of paperless-ngx in. */
  "paperless.import": { input: PaperlessExport; output: PaperlessImported };
  /** How far an export or import is that runs. */
  "moves.status": { input: null; output: MoveView | null };
  /** Call the export or import off that runs. */
  "moves.cancel": { input: null; output: null };
  /** Open the inbox folder in the file manager. */
  "files.open_inbox": { input: null; output: null };
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
  /** Give the password of the locked file that a problem is about. */
  "problems.unlock": { input: Unlock; output: Unlocked };
  /** A problem has been seen. */
  "problems.dismiss": { input: OneProblem; output: null };
  /** All problems of one cause have been seen. */
  "problems.dismiss_alike": { input: AlikeProblems; output: number };
  /** A report for who looks into a fault: versions, numbers, errors by cause, log; nothing of a letter. */
  "diagnostics.get": { input: null; output: Diagnostics };
  /** Save the report that was shown last in a folder. */
  "diagnostics.save": { input: SaveDiagnostics; output: SavedDiagnostics };
  /** All settings. */
  "settings.get": { input: null; output: Settings };
  /** What the letters propose for the settings: the reader's names and Land. */
  "settings.proposals": { input: null; output: SettingProposals };
  /** Change one setting. */
  "settings.change": { input: ChangeSetting; output: Settings };
  /** What was done, newest first. */
  "history.list": { input: HistoryQuery; output: Array<StepView> };
  /** What undo and redo would do now. */
  "history.next": { input: null; output: NextSteps };
  /** Look whether the history is as it was recorded, and goes on from an end that was kept elsewhere. */
  "history.check": { input: CheckHistory; output: HistoryCheck };
  /** Undo the newest change of the person, or the step that is named. */
  "history.undo": { input: UndoStep | null; output: UndoneView | null };
  /** Undo a whole run of a rule or a sync. */
  "history.undo_run": { input: UndoRun; output: UndoneView | null };
  /** Do again what was undone last. */
  "history.redo": { input: null; output: UndoneView | null };
}

/** What the answer of each command depends on: a change of one of these makes it stale. */
export const DEPENDS_ON: Record<keyof Commands, readonly Noun[]> = {
  "status.get": ["jobs", "problems", "settings", "reminders", "documents", "backups"],
  "today.get": ["documents", "tasks", "correspondents", "reminders", "settings"],
  "today.seen": [],
  "documents.list": ["documents", "correspondents", "tasks", "tags"],
  "documents.get": ["documents", "tasks", "correspondents", "reminders", "settings"],
  "documents.suggestions": ["documents", "tags"],
  "documents.words": ["this_document"],
  "documents.set_kind": [],
  "documents.trash": [],
  "documents.trash_many": [],
  "retention.list": ["documents", "tasks", "correspondents"],
  "trash.get": ["documents"],
  "trash.delete": [],
  "documents.open": [],
  "documents.show": [],
  "documents.export": [],
  "documents.restore": [],
  "documents.searchable_pdf": [],
  "pages.arrange": [],
  "pages.put_together": [],
  "pages.put_in_order": [],
  "pages.as_they_came": [],
  "cases.list": ["documents", "tasks"],
  "cases.get": ["documents", "tasks", "correspondents", "reminders", "settings"],
  "cases.join": [],
  "cases.part": [],
  "cases.relate": [],
  "documents.codes": ["this_document"],
  "documents.note": ["documents", "tags"],
  "documents.write_note": [],
  "documents.edit": [],
  "tags.list": ["documents", "tasks", "tags"],
  "tags.rename": [],
  "tags.merge": [],
  "correspondents.rename": [],
  "correspondents.merge": [],
  "correspondents.alike": ["documents", "correspondents"],
  "correspondents.split": [],
  "search.find": ["documents", "tasks", "correspondents", "tags", "settings"],
  "search.understand": ["settings"],
  "search.hits": ["this_document"],
  "views.list": ["views", "settings", "documents", "tasks"],
  "views.save": [],
  "views.remove": [],
  "review.list": ["documents", "correspondents", "tasks"],
  "review.preview": ["this_document", "settings"],
  "review.why": ["this_document"],
  "review.correct": [],
  "review.accept": [],
  "rules.list": ["documents", "correspondents"],
  "rules.try": ["documents", "correspondents"],
  "rules.change": [],
  "rules.switch": [],
  "rules.forget": [],
  "review.clear": ["documents", "correspondents"],
  "review.accept_many": [],
  "correspondents.list": ["documents", "correspondents"],
  "correspondents.get": ["documents", "tasks", "correspondents"],
  "backup.get": ["backups", "settings"],
  "backup.words": [],
  "backup.set_up": [],
  "backup.run": [],
  "backup.pause": [],
  "backup.resume": [],
  "backup.break_off": [],
  "backup.turn_off": [],
  "backup.states": [],
  "backup.restore": [],
  "program.restart": [],
  "profile.verify": [],
  "keys.list": ["keys"],
  "keys.add": [],
  "keys.revoke": [],
  "encryption.get": ["settings"],
  "encryption.turn_on": [],
  "encryption.turn_off": [],
  "encryption.call_off": [],
  "encryption.change_password": [],
  "encryption.change_words": [],
  "encryption.open_by_itself": [],
  "encryption.lock": [],
  "encryption.stay": [],
  "people.forget": [],
  "privacy.ledger": [],
  "contracts.list": ["documents", "tasks", "correspondents", "reminders", "settings"],
  "contracts.costs": ["documents", "tasks", "correspondents", "settings"],
  "bills.regular": ["documents", "correspondents"],
  "tasks.list": ["documents", "tasks", "tags", "reminders", "settings"],
  "tasks.get": ["documents", "tasks", "tags", "reminders", "settings"],
  "when.read": ["settings"],
  "tasks.show": [],
  "tasks.add": [],
  "tasks.quick_add": [],
  "tasks.edit": [],
  "tasks.step": [],
  "tasks.status": [],
  "tasks.block": [],
  "tasks.not_today": [],
  "tasks.skip": [],
  "tasks.add_to_calendar": [],
  "calendar.days": ["documents", "tasks", "correspondents", "settings"],
  "calendar.list": ["documents", "tasks", "correspondents", "settings"],
  "tasks.ics": ["documents", "tasks", "settings"],
  "tasks.complete": [],
  "tasks.payment": ["documents", "tasks", "settings"],
  "tasks.pay": [],
  "tasks.reopen": [],
  "tasks.postpone": [],
  "deadlines.assume": [],
  "reminders.list": ["documents", "tasks", "reminders", "settings"],
  "reminders.waiting": ["documents", "tasks", "reminders", "settings"],
  "reminders.history": ["reminders", "tasks"],
  "reminders.seen": [],
  "reminders.snooze": [],
  "reminders.acknowledge": [],
  "reminders.pause": [],
  "stale_letters.answer": [],
  "files.import": [],
  "samples.import": [],
  "samples.list": ["documents"],
  "export.run": [],
  "export.look": ["documents", "tasks"],
  "export.import": [],
  "paperless.preview": ["documents"],
  "paperless.import": [],
  "moves.status": ["jobs"],
  "moves.cancel": [],
  "files.open_inbox": [],
  "files.separator_page": [],
  "jobs.pause": [],
  "jobs.resume": [],
  "jobs.cancel": [],
  "problems.retry": [],
  "problems.unlock": [],
  "problems.dismiss": [],
  "problems.dismiss_alike": [],
  "diagnostics.get": [],
  "diagnostics.save": [],
  "settings.get": ["settings"],
  "settings.proposals": ["documents", "settings"],
  "settings.change": [],
  "history.list": ["documents", "tasks", "correspondents", "reminders", "settings", "tags", "views"],
  "history.next": ["documents", "tasks", "correspondents", "reminders", "settings", "tags", "views"],
  "history.check": ["documents", "tasks", "correspondents", "reminders", "settings", "tags", "views"],
  "history.undo": [],
  "history.undo_run": [],
  "history.redo": [],
};
