// What a person does with tasks, documents and files, each with what is said afterwards and an offer to undo it.
import type {
  ArrangedPage,
  CorrespondentRow,
  DocumentId,
  DocumentRow,
  DocumentKind,
  DoneHow,
  EditDocuments,
  Evidence,
  Field,
  Imported,
  Later,
  Pause,
  ProblemView,
  RuleDraft,
  SaveView,
  Settings,
  TagView,
  TaskView,
  UndoneView,
  ViewRow,
} from '../host/bindings';
import type { Host } from '../host/host';
import { dayText } from '../text/dates';
import { failureText } from '../text/failures';
import { m } from '../text/m';
import { kindWord, laterWord, operationWord } from '../text/words';
import type { Toast, Toasts } from './toasts.svelte';

export class Actions {
  constructor(
    private readonly host: Host,
    private readonly toasts: Toasts,
  ) {}

  complete(task: TaskView, how?: DoneHow) {
    return this.#undoable(
      () => this.host.call('tasks.complete', how ? { id: task.id, how } : { id: task.id }),
      () => m.done_toast({ title: task.title }),
      'joy',
    );
  }

  /** It need not be done any more; one that comes again comes no more. */
  cancel(task: TaskView) {
    return this.#undoable(
      () => this.host.call('tasks.status', { id: task.id, status: 'cancelled' }),
      () => m.cancelled_toast({ title: task.title }),
    );
  }

  /** Leaves this time of a task that comes again out. */
  skip(task: TaskView) {
    return this.#undoable(
      () => this.host.call('tasks.skip', { id: task.id }),
      ({ due }) =>
        due && due !== task.due
          ? m.moved_toast({ title: task.title, day: dayText(due, (task.due ?? due).slice(0, 4)) })
          : m.cancelled_toast({ title: task.title }),
    );
  }

  reopen(task: TaskView) {
    return this.#undoable(
      () => this.host.call('tasks.reopen', { id: task.id }),
      () => m.reopened_toast({ title: task.title }),
    );
  }

  snooze(task: TaskView, until: Later) {
    return this.#undoable(
      () => this.host.call('reminders.snooze', { task: task.id, until }),
      () => m.snoozed_toast({ title: task.title, when: laterWord(until) }),
    );
  }

  move(task: TaskView, due: string) {
    return this.#undoable(
      () => this.host.call('tasks.postpone', { id: task.id, due }),
      () => m.moved_toast({ title: task.title, day: dayText(due, (task.due ?? due).slice(0, 4)) }),
    );
  }

  /** Makes a task of one line of plain language. */
  quickAdd(line: string) {
    return this.#undoable(
      () => this.host.call('tasks.quick_add', { line }),
      ({ draft }) => m.added_toast({ title: draft.title }),
    );
  }

  /** Moves a task to the next day that is still safe; on the last one it comes back tonight. */
  notToday(task: TaskView) {
    return this.#undoable(
      () => this.host.call('tasks.not_today', { id: task.id }),
      ({ day }) =>
        day
          ? m.moved_toast({ title: task.title, day: dayText(day, (task.due ?? day).slice(0, 4)) })
          : m.last_day_toast({ title: task.title }),
    );
  }

  accept(document: DocumentRow) {
    return this.#undoable(
      () => this.host.call('review.accept', { id: document.id }),
      ({ tasks }) =>
        tasks.length
          ? m.accepted_tasks({ title: document.title, count: tasks.length })
          : m.accepted_toast({ title: document.title }),
    );
  }

  /** Says what a field really is; gives the document as it is then. */
  correct(document: DocumentRow, field: Field, value: string, evidence: Evidence | null) {
    const kept = evidence ? { evidence } : {};
    return this.toasts.change(() => this.host.call('review.correct', { id: document.id, field, value, ...kept }));
  }

  acceptMany(ids: DocumentId[]) {
    return this.#undoable(
      () => this.host.call('review.accept_many', { ids }),
      () => m.accepted_many({ count: ids.length }),
    );
  }

  trashMany(ids: DocumentId[]) {
    return this.#undoable(
      () => this.host.call('documents.trash_many', { ids }),
      () => m.trashed_many({ count: ids.length }),
    );
  }

  /** Hands a task over to the calendar of the desktop; a browser gets the file. */
  async addToCalendar(task: TaskView) {
    if (this.host.showsInDesktop)
      return this.#made(() => this.host.call('tasks.add_to_calendar', { id: task.id }), m.calendar_opened);
    const file = await this.toasts.attempt(() => this.host.call('tasks.ics', { id: task.id }));
    if (!file) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file.text], { type: 'text/calendar' }));
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  openOriginal(document: DocumentRow) {
    return this.toasts.attempt(() => this.host.call('documents.open', { id: document.id }));
  }

  showInFolder(document: DocumentRow) {
    return this.toasts.attempt(() => this.host.call('documents.show', { id: document.id }));
  }

  /** Lays pages anew; gives the documents that come of it. */
  arrange(document: DocumentRow, parts: ArrangedPage[][]) {
    return this.#undoable(
      () => this.host.call('pages.arrange', { parts }),
      ({ documents }) => m.arranged_toast({ count: documents.length }),
    );
  }

  /** A copy under its own name, to be handed on. */
  copyOriginal({ id }: DocumentRow) {
    return this.#made(() => this.host.call('documents.export', { id }), m.copied_toast);
  }

  searchablePdf({ id }: DocumentRow) {
    return this.#made(() => this.host.call('documents.searchable_pdf', { id }), m.copied_toast);
  }

  trash(document: DocumentRow) {
    return this.#undoable(
      () => this.host.call('documents.trash', { id: document.id }),
      () => m.trashed_toast({ title: document.title }),
    );
  }

  restore(document: DocumentRow) {
    return this.#undoable(
      () => this.host.call('documents.restore', { id: document.id }),
      () => m.restored_toast({ title: document.title }),
    );
  }

  /** Several at once, as one step. */
  edit(edit: EditDocuments) {
    return this.#undoable(
      () => this.host.call('documents.edit', edit),
      () => m.edited_toast({ count: edit.ids?.length ?? 0 }),
    );
  }

  putTags(document: DocumentRow, tags: string[]) {
    return this.#undoable(
      () => this.host.call('documents.edit', { ids: [document.id], add_tags: tags }),
      () => m.tag_put({ tag: tags.join(', ') }),
    );
  }

  takeTag(document: DocumentRow, tag: string) {
    return this.#undoable(
      () => this.host.call('documents.edit', { ids: [document.id], remove_tags: [tag] }),
      () => m.tag_taken({ tag }),
    );
  }

  renameTag(id: string, name: string) {
    return this.#undoable(
      () => this.host.call('tags.rename', { id, name }),
      () => m.tag_renamed({ name: name.trim() }),
    );
  }

  /** What has one tag has the other from now on. */
  mergeTags(from: TagView, into: TagView) {
    return this.#undoable(
      () => this.host.call('tags.merge', { from: from.id, into: into.id }),
      () => m.tags_merged({ tag: from.path, into: into.path }),
    );
  }

  saveView(view: SaveView) {
    return this.#undoable(
      () => this.host.call('views.save', view),
      ({ name }) => m.view_kept({ name }),
    );
  }

  removeView({ id, name }: ViewRow) {
    return this.#undoable(
      () => this.host.call('views.remove', { id }),
      () => m.view_removed({ name }),
    );
  }

  writeNote(document: DocumentRow, note: string) {
    return this.#undoable(
      () => this.host.call('documents.write_note', { id: document.id, note }),
      () => (note.trim() ? m.note_kept() : m.note_removed()),
    );
  }

  renameCorrespondent(id: string, name: string) {
    return this.#undoable(
      () => this.host.call('correspondents.rename', { id, name }).then(() => true),
      () => m.correspondent_renamed({ name: name.trim() }),
    );
  }

  /** One who writes under two names is one from now on. */
  mergeCorrespondents(from: string, into: CorrespondentRow) {
    return this.#undoable(
      () => this.host.call('correspondents.merge', { from, into: into.id }).then(() => true),
      () => m.correspondent_merged({ name: into.name }),
    );
  }

  changeRule(draft: RuleDraft) {
    return this.#undoable(
      () => this.host.call('rules.change', draft),
      () => m.rule_changed(),
    );
  }

  switchRule(id: string, field: Field, off: boolean) {
    return this.#undoable(
      () => this.host.call('rules.switch', { id, field, off }),
      () => m.rule_changed(),
    );
  }

  forgetRule(id: string, field: Field) {
    return this.#undoable(
      () => this.host.call('rules.forget', { id, field }),
      () => m.rule_deleted(),
    );
  }

  /** Letters are from somebody else than was thought. */
  splitSender(documents: DocumentId[], name: string) {
    return this.#undoable(
      () => this.host.call('correspondents.split', { documents, name }),
      () => m.sender_split({ name: name.trim() }),
    );
  }

  setKind(document: DocumentRow, kind: DocumentKind) {
    return this.#undoable(
      () => this.host.call('documents.set_kind', { id: document.id, kind }),
      () => m.kind_toast({ kind: kindWord(kind) }),
    );
  }

  /** Two letters belong together. */
  join(id: DocumentId, other: DocumentRow) {
    return this.#undoable(
      () => this.host.call('cases.join', { id, other: other.id }),
      () => m.joined_toast({ title: other.title }),
    );
  }

  /** A letter belongs to none of its case. */
  part(document: DocumentRow) {
    return this.#undoable(
      () => this.host.call('cases.part', { id: document.id }),
      () => m.separated_toast({ title: document.title }),
    );
  }

  /** Two documents do not belong together after all. */
  separate(document: DocumentRow, other: DocumentId) {
    return this.#undoable(
      () => this.host.call('cases.relate', { id: document.id, other }),
      () => m.separated_toast({ title: document.title }),
    );
  }

  settleOldPost(done: DocumentId[], open: DocumentId[]) {
    return this.#undoable(
      () => this.host.call('old_post.settle', { done, open }),
      () => (open.length ? m.old_post_reopened() : m.old_post_settled()),
    );
  }

  /** Takes back the newest change. */
  async undo() {
    const step = await this.toasts.change(() => this.host.call('history.undo', null));
    if (step !== undefined) this.toasts.show(undoneText(step));
  }

  /** Does again what was undone last. */
  async redo() {
    const step = await this.toasts.change(() => this.host.call('history.redo', null));
    if (step !== undefined) this.toasts.show(step ? m.redone({ what: stepText(step) }) : m.nothing_to_redo());
  }

  /** Makes the sheet that is laid between letters, and says where it is. */
  separatorPage() {
    return this.#made(() => this.host.call('files.separator_page', null), m.saved_at);
  }

  /** Changes one setting; gives all of them as they are then. */
  changeSetting<K extends keyof Settings>(key: K, value: Settings[K]) {
    return this.toasts.change(() => this.host.call('settings.change', { key, value }));
  }

  /** Lets reminders rest for a while, or go on. */
  pause(pause: Pause) {
    return this.toasts.change(() => this.host.call('reminders.pause', { pause }));
  }

  /** What was wrong with a file has been taken note of. */
  dismiss({ id }: ProblemView) {
    return this.toasts.attempt(() => this.host.call('problems.dismiss', { id }));
  }

  /** Takes the sample letters in. */
  samples() {
    return this.sayImported(this.host.call('samples.import', null));
  }

  /** Lets the person choose the folder that letters are scanned into. */
  async chooseInbox() {
    const value = await this.toasts.attempt(async () => this.host.chooseFolder?.());
    if (value === undefined) return;
    await this.#undoable(
      () => this.host.call('settings.change', { key: 'inbox_folder', value }),
      () => m.inbox_chosen({ path: value }),
    );
  }

  /** Lets the person choose files, takes them in and says what became of them. */
  addFiles() {
    return this.sayImported(this.host.addFiles());
  }

  /** Says what became of files, once it is known. */
  async sayImported(imported: Promise<Imported[] | undefined>) {
    const files = await this.toasts.attempt(() => imported);
    if (!files) return;
    if (!files.length) this.toasts.show(m.imported_nothing());
    const named = (outcome: Imported['outcome']) => files.filter((file) => file.outcome === outcome).map(nameOf);
    const taken = named('taken');
    if (taken[0]) this.toasts.show(m.imported_taken({ count: taken.length, name: taken[0] }));
    const known = named('duplicate');
    if (known[0]) this.toasts.show(m.imported_duplicate({ count: known.length, name: known[0] }));
    for (const file of files.filter((file) => file.outcome === 'refused')) {
      const reason = failureText({ code: file.code ?? '', message: file.message ?? '' });
      this.toasts.trouble(m.imported_refused({ name: nameOf(file), reason }));
    }
  }

  /** Makes a file and says where it is. */
  async #made(make: () => Promise<{ path: string }>, said: (file: { path: string }) => string) {
    const file = await this.toasts.attempt(make);
    if (file) this.toasts.show(said({ path: file.path }));
  }

  async #undoable<T>(
    change: () => Promise<T>,
    said: (result: T) => string,
    tone: Toast['tone'] = 'calm',
  ): Promise<T | undefined> {
    const result = await this.toasts.change(change);
    if (result !== undefined) this.toasts.show(said(result), { label: m.undo(), run: () => void this.undo() }, tone);
    return result;
  }
}

const nameOf = (file: Imported) => file.path.split(/[/\\]/).at(-1) ?? file.path;

const stepText = (step: UndoneView) => [step.label, operationWord(step.op)].filter(Boolean).join(', ');

function undoneText(step: UndoneView | null): string {
  if (!step) return m.nothing_to_undo();
  const what = stepText(step);
  return what ? m.undone({ what }) : m.undone_plain();
}
