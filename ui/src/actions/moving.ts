// A whole collection goes out or comes in.
import { HostFailure } from '../host/host';
import { acted } from '../host/refetch';
import { m } from '../text/m';
import type { Run } from './run';

export const movingActions = (run: Run) => {
  /** Runs a moving. That it was called off is no trouble: the person wanted it. */
  async function moving<T>(work: () => Promise<T>): Promise<T | undefined> {
    acted(run.host);
    return run.toasts.attempt(async () => {
      try {
        return await work();
      } catch (thrown) {
        if (!(thrown instanceof HostFailure) || thrown.code !== 'cancelled') throw thrown;
        run.toasts.show(m.moving_cancelled());
        return undefined;
      }
    });
  }

  return {
    /** Writes everything into a new folder in this one. */
    async out(folder: string) {
      const done = await moving(() => run.host.call('export.run', { folder, dated: true }));
      if (done) run.toasts.show(m.moved_out(done));
      return done;
    },

    /** Brings an export back. */
    async back(folder: string) {
      const done = await moving(() => run.host.call('export.import', { folder }));
      if (done) run.toasts.show(m.moved_in(done));
      return done;
    },

    /** What an import from paperless-ngx would do. */
    lookAtPaperless: (path: string) => moving(() => run.host.call('paperless.preview', { path })),

    /** Takes the documents of paperless-ngx in. */
    async paperless(path: string) {
      const done = await moving(() => run.host.call('paperless.import', { path }));
      if (done) run.toasts.show(m.moved_paperless({ count: done.documents, known: done.known }));
      return done;
    },

    /** Calls off what runs. */
    cancel: () => run.change('moves.cancel', null),
  };
};
