// The only door to the engine. Everything else in the interface uses this port and nothing below it.
import type {
  AppEvent,
  Changed,
  Commands,
  DocumentId,
  Failure,
  FailureCode,
  FileId,
  Imported,
  StepId,
} from './bindings';

export type CommandName = keyof Commands;
export type Input<C extends CommandName> = Commands[C]['input'];
export type Output<C extends CommandName> = Commands[C]['output'];

/** What a command gave. */
export interface CommandResponse<C extends CommandName> {
  output: Output<C>;
  /** The step of the history that it made; null where nothing changed that a person can take back. */
  step: StepId | null;
}

/** What a file drag over the window does. */
export interface DropHandlers {
  enter(): void;
  leave(): void;
  /** Files came in, dropped or otherwise. */
  drop(imported: Promise<Imported[]>): void;
}

export interface Host {
  /** Runs a command of the engine. Rejects with a {@link HostFailure}. */
  call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>>;
  /** The same, for who offers to take back what it changed. */
  change<C extends CommandName>(name: C, input: Input<C>): Promise<CommandResponse<C>>;
  /** Hears what the engine tells; returns how to stop. */
  subscribe(handler: (event: AppEvent) => void): () => void;
  /** Address of the picture of a page (counted from 1), `width` pixels wide. With its file, it is another address once the
   *  pages of the document are laid anew. */
  pageUrl(document: DocumentId, page: number, width: number, file?: FileId): string;
  /** Lets the person choose files and takes them in; undefined if none was chosen. */
  addFiles(): Promise<Imported[] | undefined>;
  /** Lets the person choose a folder; undefined where that cannot be asked, or if none was chosen. */
  chooseFolder?(): Promise<string | undefined>;
  /** Takes in files dropped on the window and hears of it; returns how to stop. */
  onDrop(handlers: DropHandlers): () => void;
  /** False in a plain browser: no tray, no start at login. */
  readonly showsInDesktop: boolean;
}

/** For one who has missed what happened. */
export const EVERYTHING: Changed = {
  documents: [],
  tasks: [],
  correspondents: true,
  reminders: true,
  jobs: true,
  problems: true,
  settings: true,
  tags: true,
  views: true,
  backups: true,
  keys: true,
  all: true,
};

/** A {@link Failure} that can be thrown. */
export class HostFailure extends Error implements Failure {
  readonly code: FailureCode;
  readonly detail: string | null;

  constructor(failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.detail = failure.detail;
  }

  /** Whatever was thrown, as a failure; `fallback` is the code for what did not come from the engine. */
  static from(thrown: unknown, fallback: FailureCode = 'internal'): HostFailure {
    if (thrown instanceof HostFailure) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
      const detail = 'detail' in thrown && typeof thrown.detail === 'string' ? thrown.detail : null;
      return new HostFailure({ code: thrown.code as FailureCode, message: String(thrown.message), detail });
    }
    return new HostFailure({
      code: fallback,
      message: thrown instanceof Error ? thrown.message : String(thrown),
      detail: null,
    });
  }
}
