import { go } from '../areas/router.svelte';
import type { FileId, Imported } from '../host/bindings';
import { acted } from '../host/refetch';
import { failureText } from '../text/failures';
import { m } from '../text/m';
import { filedLine } from '../text/words';
import type { Run } from './run';

/** Of more files than these at once nobody is told one by one. */
const FEW = 3;
/** So many of the newest documents are looked at for those that were just taken in. */
const LOOKED_AT = 10;
/** What has not come by then could not be read, and is a problem that is shown. */
const MOST_LOOKS = 50;

const nameOf = (file: Imported) => file.path.split(/[/\\]/).at(-1) ?? file.path;

export const fileActions = (run: Run) => {
  /** Says what became of files, once it is known. */
  async function sayImported(imported: Promise<Imported[] | undefined>) {
    const files = await run.toasts.attempt(() => imported);
    acted(run.host);
    if (!files) return;
    if (!files.length) run.toasts.show(m.imported_nothing());
    const those = (outcome: Imported['outcome']) => files.filter((file) => file.outcome === outcome);
    const taken = those('taken');
    if (taken[0]) run.toasts.show(m.imported_taken({ count: taken.length, name: nameOf(taken[0]) }));
    if (taken.length <= FEW) sayFiled(taken.flatMap(({ file }) => file ?? []));
    const known = those('duplicate');
    if (known[0]) {
      const first = known.length === 1 ? known[0].document : null;
      const action = first ? { label: m.open(), run: () => go('documents', first) } : undefined;
      run.toasts.show(m.imported_duplicate({ count: known.length, name: nameOf(known[0]) }), action);
    }
    for (const file of files.filter((file) => file.outcome === 'refused')) {
      const reason = failureText({ code: file.code ?? 'unknown', message: file.message ?? '' });
      run.toasts.trouble(m.imported_refused({ name: nameOf(file), reason }));
    }
  }

  /** Says of each of these files, once it is filed and nothing is to be done about it, what it is, with the way there. */
  function sayFiled(files: FileId[]) {
    const waiting = new Set(files);
    if (!waiting.size) return;
    let looks = Promise.resolve();
    let looked = 0;
    const stop = run.host.subscribe((event) => {
      if (event.event !== 'changed' || !(event.all || event.documents.length)) return;
      looks = looks.then(look);
    });
    async function look() {
      // Found or not, the letters are on Today: a look that fails is not worth a word.
      const page = await run.host.call('documents.list', { limit: LOOKED_AT }).catch(() => undefined);
      for (const { id, file } of page?.items ?? []) {
        if (!waiting.delete(file)) continue;
        const document = await run.host.call('documents.get', { id }).catch(() => undefined);
        if (document?.state !== 'accepted' || document.tasks.length) continue;
        run.toasts.show(filedLine(document), { label: m.open(), run: () => go('documents', id) });
      }
      if (!waiting.size || ++looked >= MOST_LOOKS) stop();
    }
  }

  return {
    /** Lets the person choose a folder; undefined where none was chosen. */
    chooseFolder: () => run.chooseFolder(),

    sayImported,

    /** Lets the person choose files, takes them in and says what became of them. */
    add: () => sayImported(run.host.addFiles()),

    /** Takes the sample letters in. */
    samples: () => sayImported(run.host.call('samples.import', null)),

    /** Opens the inbox folder in the file manager. */
    openInbox: () => run.call('files.open_inbox', null),

    /** Makes the sheet that is laid between letters, and says where it is. */
    separatorPage: () => run.made('files.separator_page', null, m.saved_at),
  };
};
