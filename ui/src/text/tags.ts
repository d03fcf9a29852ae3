// Tags as they are typed and shown.
import type { TagView } from '../host/bindings';

/** The paths of tags in a line of text, with commas between them. */
export const paths = (line: string): string[] =>
  line
    .split(',')
    .map((path) => path.trim())
    .filter((path) => /[^/\s]/.test(path));

/** The name of a tag without those above it. */
export const nameOf = (tag: TagView): string => tag.path.split('/').at(-1) ?? tag.path;
