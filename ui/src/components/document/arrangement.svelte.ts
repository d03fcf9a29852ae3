// How a person lays pages anew: which stay, in what order, how far turned, and where a document begins.
import type { ArrangedPage, DocumentId, DocumentView } from '../../host/bindings';

export interface Sheet {
  document: DocumentId;
  file: string;
  page: number;
  /** Height by width as it came. */
  ratio: number;
  /** Clockwise, in degrees. */
  turn: 0 | 90 | 180 | 270;
  out: boolean;
  /** A document of its own begins here. */
  begins: boolean;
}

export class Arrangement {
  sheets = $state<Sheet[]>([]);
  /** The page that keys and buttons mean. */
  at = $state(0);
  #before = '';

  /** `divided`: the pages on which a document of its own is proposed to begin. */
  constructor(document: DocumentView, divided: number[] = []) {
    this.sheets = sheetsOf(document);
    this.#before = JSON.stringify(this.parts());
    for (const [index, sheet] of this.sheets.entries()) sheet.begins ||= index > 0 && divided.includes(sheet.page);
    this.at = Math.max(
      0,
      this.sheets.findIndex(({ page }) => page === divided[0]),
    );
  }

  readonly isChanged = $derived(JSON.stringify(this.parts()) !== this.#before);
  readonly isTurned = $derived(this.sheets.some(({ turn, out }) => turn !== 0 && !out));

  /** The documents as they are to be. */
  parts(): ArrangedPage[][] {
    const parts: ArrangedPage[][] = [];
    let begins = true;
    for (const sheet of this.sheets) {
      begins ||= sheet.begins;
      if (sheet.out) continue;
      if (begins) parts.push([]);
      begins = false;
      const { document, page, turn } = sheet;
      parts.at(-1)?.push(turn ? { document, page, turn } : { document, page });
    }
    return parts;
  }

  step(by: number): void {
    this.at = Math.min(this.sheets.length - 1, Math.max(0, this.at + by));
  }

  /** Moves the page; the others close up. */
  move(by: 1 | -1): void {
    const to = this.at + by;
    const [one, other] = [this.sheets[this.at], this.sheets[to]];
    if (!one || !other) return;
    // Where a document begins is a place in the row, not a page.
    [one.begins, other.begins] = [other.begins, one.begins];
    [this.sheets[this.at], this.sheets[to]] = [other, one];
    this.at = to;
  }

  turn(): void {
    this.#change((sheet) => (sheet.turn = ((sheet.turn + 90) % 360) as Sheet['turn']));
  }

  /** Leaves the page out, or takes it in again. */
  leaveOut(): void {
    this.#change((sheet) => (sheet.out = !sheet.out));
  }

  /** Lets a document begin with the page, or not after all. */
  begin(): void {
    if (this.at > 0) this.#change((sheet) => (sheet.begins = !sheet.begins));
  }

  /** Puts another document's pages to these. */
  add(document: DocumentView): void {
    this.at = this.sheets.length;
    this.sheets.push(...sheetsOf(document));
  }

  #change(change: (sheet: Sheet) => void): void {
    const sheet = this.sheets[this.at];
    if (sheet) change(sheet);
  }
}

const sheetsOf = ({ id, file, pages }: DocumentView): Sheet[] =>
  pages.map(({ number, width, height }) => ({
    document: id,
    file,
    page: number,
    ratio: height / width,
    turn: 0,
    out: false,
    begins: false,
  }));
