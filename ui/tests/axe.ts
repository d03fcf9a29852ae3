// The rules of accessibility that a page breaks, by axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';

import { AREAS } from '../src/areas/router.svelte';
import type { Workmate } from './app';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every area, and one document. */
export function places(workmate: Workmate): string[] {
  const [first] = workmate.call('documents.list', { kind: 'contract' }).items;
  return [...AREAS, `documents/${first?.id}`];
}

/** Lines of a list may lie on each other until the browser has measured them. */
const measured = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>('li[data-line]')].every((line) => {
      const next = line.nextElementSibling;
      if (!(next instanceof HTMLElement) || next.dataset.line === line.dataset.line) return true;
      return next.getBoundingClientRect().top > line.getBoundingClientRect().bottom - 1;
    }),
  );

/** The rules that a page breaks, each with the elements that do. */
export async function violations(page: Page): Promise<string[]> {
  await measured(page);
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
