import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import Parts from './Parts.svelte';

test('every part of the page of parts can be shown', () => {
  render(Parts);
  for (const section of screen.getAllByRole('region')) expect(section).not.toBeEmptyDOMElement();
  expect(screen.getByText('24 Nov 2025?')).toBeVisible();
});
