import type { Imported } from '../host/bindings';
import { acted } from '../host/refetch';
import { failureText } from '../text/failures';
import { m } from '../text/m';
import type { Run } from './run';

const nameOf = (file: Imported) => file.path.split(/[/\\]/).at(-1) ?? file.path;

export const fileActions = (run: Run) => {
  /** Says what became of files, once it is known. */
  async function sayImported(imported: Promise<Imported[] | undefined>) {
    const files = await run.toasts.attempt(() => imported);
    acted(run.host);
    if (!files) return;
    if (!files.length) run.toasts.show(m.imported_nothing());
    const named = (outcome: Imported['outcome']) => files.filter((file) => file.outcome === outcome).map(nameOf);
    const taken = named('taken');
    if (taken[0]) run.toasts.show(m.imported_taken({ count: taken.length, name: taken[0] }));
    const known = named('duplicate');
    if (known[0]) run.toasts.show(m.imported_duplicate({ count: known.length, name: known[0] }));
    for (const file of files.filter((file) => file.outcome === 'refused')) {
      const reason = failureText({ code: file.code ?? 'unknown', message: file.message ?? '' });
      run.toasts.trouble(m.imported_refused({ name: nameOf(file), reason }));
    }
  }
  return {
    sayImported,

    /** Lets the person choose files, takes them in and says what became of them. */
    add: () => sayImported(run.host.addFiles()),

    /** Takes the sample letters in. */
    samples: () => sayImported(run.host.call('samples.import', null)),

    /** Makes the sheet that is laid between letters, and says where it is. */
    separatorPage: () => run.made('files.separator_page', null, m.saved_at),
  };
};
