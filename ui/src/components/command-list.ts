// Everything a person can do by key or from the palette, in one list. What is not offered at the moment does nothing.

interface Command {
  id: string;
  group: 'go' | 'do' | 'look' | 'items' | 'calendar' | 'review' | 'documents' | 'page';
  /** Each of them alone does it: `Mod+K` (Ctrl, on a Mac ⌘), `Shift+A`, `J`, `Enter`, `?`, `1–9` for any digit. */
  keys: readonly string[];
  /** Means something only with the key that was pressed. */
  byKey?: true;
}

export const COMMANDS = [
  { id: 'go_today', group: 'go', keys: ['Mod+1'] },
  { id: 'go_review', group: 'go', keys: ['Mod+2'] },
  { id: 'go_documents', group: 'go', keys: ['Mod+3'] },
  { id: 'go_search', group: 'go', keys: ['Mod+F'] },
  { id: 'go_tasks', group: 'go', keys: ['Mod+4'] },
  { id: 'go_calendar', group: 'go', keys: ['Mod+5'] },
  { id: 'go_cases', group: 'go', keys: ['Mod+6'] },
  { id: 'go_correspondents', group: 'go', keys: ['Mod+7'] },
  { id: 'go_contracts', group: 'go', keys: ['Mod+8'] },
  { id: 'go_settings', group: 'go', keys: ['Mod+,'] },

  { id: 'palette', group: 'do', keys: ['Mod+K'] },
  { id: 'new_task', group: 'do', keys: ['Mod+N', 'Q'] },
  { id: 'keys', group: 'do', keys: ['?'] },
  { id: 'undo', group: 'do', keys: ['Mod+Z'] },
  { id: 'redo', group: 'do', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { id: 'add_files', group: 'do', keys: ['Mod+O'] },
  { id: 'print', group: 'do', keys: ['Mod+P'] },
  { id: 'separator_page', group: 'do', keys: [] },
  { id: 'samples', group: 'do', keys: [] },
  { id: 'lock', group: 'do', keys: ['Mod+Shift+L'] },
  { id: 'pause_hour', group: 'do', keys: [] },
  { id: 'pause_tomorrow', group: 'do', keys: [] },
  { id: 'pause_end', group: 'do', keys: [] },

  { id: 'zoom_in', group: 'look', keys: ['Mod++', 'Mod+='] },
  { id: 'zoom_out', group: 'look', keys: ['Mod+-'] },
  { id: 'zoom_reset', group: 'look', keys: ['Mod+0'] },
  { id: 'theme_system', group: 'look', keys: [] },
  { id: 'theme_light', group: 'look', keys: [] },
  { id: 'theme_dark', group: 'look', keys: [] },
  { id: 'theme_high_contrast', group: 'look', keys: [] },
  { id: 'language_de', group: 'look', keys: [] },
  { id: 'language_en', group: 'look', keys: [] },

  { id: 'item_next', group: 'items', keys: ['J', 'ArrowDown'] },
  { id: 'item_previous', group: 'items', keys: ['K', 'ArrowUp'] },
  { id: 'item_open', group: 'items', keys: ['Enter'] },
  { id: 'item_done', group: 'items', keys: ['E'] },
  { id: 'item_later', group: 'items', keys: ['S'] },
  { id: 'item_close', group: 'items', keys: ['Escape'] },
  { id: 'search_back', group: 'items', keys: ['Escape'] },
  { id: 'back', group: 'items', keys: ['Escape'] },

  { id: 'calendar_next', group: 'calendar', keys: ['PageDown'] },
  { id: 'calendar_previous', group: 'calendar', keys: ['PageUp'] },
  { id: 'calendar_today', group: 'calendar', keys: ['T'] },

  { id: 'review_accept', group: 'review', keys: ['Enter'] },
  { id: 'review_accept_clear', group: 'review', keys: ['Shift+A'] },
  { id: 'review_next', group: 'review', keys: ['J', 'ArrowDown'] },
  { id: 'review_previous', group: 'review', keys: ['K', 'ArrowUp'] },
  { id: 'review_edit', group: 'review', keys: ['E', 'C'] },
  { id: 'review_choose', group: 'review', keys: ['1–9'], byKey: true },
  { id: 'review_trash', group: 'review', keys: ['Delete'] },
  { id: 'review_back', group: 'review', keys: ['Escape'] },

  { id: 'documents_search', group: 'documents', keys: ['/'] },
  { id: 'documents_next', group: 'documents', keys: ['J', 'ArrowDown'] },
  { id: 'documents_previous', group: 'documents', keys: ['K', 'ArrowUp'] },
  { id: 'documents_open', group: 'documents', keys: ['Enter'] },
  { id: 'documents_preview', group: 'documents', keys: ['Space'] },
  { id: 'documents_select', group: 'documents', keys: ['X'] },
  { id: 'documents_select_none', group: 'documents', keys: ['Escape'] },
  { id: 'documents_trash', group: 'documents', keys: ['Delete'] },
  { id: 'documents_layout', group: 'documents', keys: ['V'] },
  { id: 'documents_tags', group: 'documents', keys: ['T'] },
  { id: 'document_correct', group: 'documents', keys: ['C'] },
  { id: 'document_original', group: 'documents', keys: ['O'] },
  { id: 'document_folder', group: 'documents', keys: ['F'] },
  { id: 'document_trash', group: 'documents', keys: ['Delete'] },

  { id: 'page_next', group: 'page', keys: ['PageDown', 'N'] },
  { id: 'page_previous', group: 'page', keys: ['PageUp', 'P'] },
  { id: 'page_zoom_in', group: 'page', keys: ['+'] },
  { id: 'page_zoom_out', group: 'page', keys: ['-'] },
  { id: 'page_rotate', group: 'page', keys: ['R'] },
  { id: 'page_divide', group: 'page', keys: [] },
  { id: 'page_arrange', group: 'page', keys: ['A'] },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];

/** Commands under the headings of their groups, in the order of the list. */
export function grouped(commands: readonly (typeof COMMANDS)[number][]) {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return groups.map((group) => ({ group, members: commands.filter((command) => command.group === group) }));
}

export const isMac = navigator.platform.startsWith('Mac');

/** The keys pressed together: `Mod+-` and `Mod++` end with the sign itself. */
export const keysOf = (keys: string) => keys.split(/\+(?=.)/);

/** Is this the key of a press? */
export function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keysOf(keys);
  const key = parts.pop() ?? '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  if (mod !== parts.includes('Mod') || other || event.altKey) return false;
  // Which signs need Shift depends on the keyboard.
  const isLetter = /^[A-Z]$/.test(key);
  if ((isLetter || key.length > 1) && event.shiftKey !== parts.includes('Shift')) return false;
  if (key === '1–9') return /^[1-9]$/.test(event.key);
  return key === 'Space' ? event.key === ' ' : event.key.toLowerCase() === key.toLowerCase();
}
