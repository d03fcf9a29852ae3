import { expect, test } from 'vitest';

import { markdownHtml } from './markdown';

test('a note is shown with its headings, lists and emphasis, below the headings of the page', () => {
  expect(markdownHtml('# Zähler\n\n- im **Keller**\n- Nr. 5')).toBe(
    '<h3>Zähler</h3>\n<ul>\n<li>im <strong>Keller</strong></li>\n<li>Nr. 5</li>\n</ul>\n',
  );
  expect(markdownHtml('eins\nzwei')).toContain('<br>');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![x](https://example.org/x.png)',
  '[x](javascript:alert(1))',
  '[x](https://example.org)',
  '<https://example.org>',
  '[x][1]\n\n[1]: https://example.org',
])('nothing in a note runs, is fetched or leads away: %s', (note) => {
  const shown = document.createElement('div');
  shown.innerHTML = markdownHtml(note);
  expect(shown.querySelectorAll('script, img, a, [onerror]')).toHaveLength(0);
});
