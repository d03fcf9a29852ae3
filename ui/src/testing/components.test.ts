import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import Components from './Components.svelte';

test('every component on the page of components can be shown', () => {
  render(Components);
  for (const section of screen.getAllByRole('region')) expect(section).not.toBeEmptyDOMElement();
  expect(screen.getByText('24 Nov 2025?')).toBeVisible();
});
