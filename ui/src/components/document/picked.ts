// Words taken from the page for the fact that is being corrected: one that is clicked, or all in a frame.
import type { Evidence, WordView } from '../../host/bindings';

type Rect = Evidence['rect'];
export interface Point {
  x: number;
  y: number;
}

/** The value that words of page `page` give together, with their place; undefined for no words. */
export function evidenceOf(page: number, words: WordView[]): Evidence | undefined {
  const [first, ...others] = words.map(({ rect }) => rect);
  if (!first) return undefined;
  return { page, rect: others.reduce(union, first), text: words.map(({ text }) => text).join(' ') };
}

/** The word at a point, within a hair's breadth. */
export function wordAt(words: WordView[], { x, y }: Point): WordView | undefined {
  const HAIR = 0.004;
  return words.find(
    ({ rect }) =>
      x >= rect.x - HAIR && x <= rect.x + rect.w + HAIR && y >= rect.y - HAIR && y <= rect.y + rect.h + HAIR,
  );
}

/** The words whose middle lies in a frame. */
export function wordsIn(words: WordView[], frame: Rect): WordView[] {
  return words.filter(({ rect }) => {
    const [x, y] = [rect.x + rect.w / 2, rect.y + rect.h / 2];
    return x >= frame.x && x <= frame.x + frame.w && y >= frame.y && y <= frame.y + frame.h;
  });
}

/** The frame between two corners. */
export function frameOf(from: Point, to: Point): Rect {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    w: Math.abs(from.x - to.x),
    h: Math.abs(from.y - to.y),
  };
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

/** The words of a page as lines of text, in the order in which they are read: a line ends where the next word stands lower. */
export function linesOf(words: WordView[]): string[] {
  const lines: { bottom: number; text: string }[] = [];
  for (const { text, rect } of words) {
    const last = lines.at(-1);
    const middle = rect.y + rect.h / 2;
    if (last && middle < last.bottom && middle > last.bottom - 2 * rect.h) last.text += ` ${text}`;
    else lines.push({ bottom: rect.y + rect.h, text });
  }
  return lines.map(({ text }) => text);
}
