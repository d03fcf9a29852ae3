import { expect, test } from 'vitest';

import { focusWhenThere, keepsFocus } from './focus';

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('after a card is done the next one has the focus, and none of its buttons', async () => {
  document.body.innerHTML =
    '<main><ul><li id="a"><button>A</button></li><li id="b"><button>B</button></li></ul></main>';
  const main = document.querySelector('main') as HTMLElement;
  const end = keepsFocus(main);
  main.querySelector('button')?.focus();
  main.querySelector('#a')?.remove();
  await settled();
  expect(document.activeElement?.id).toBe('b');
  // The last one goes: back to what held them.
  main.querySelector<HTMLElement>('#b button')?.focus();
  main.querySelector('ul')?.replaceChildren();
  await settled();
  expect(document.activeElement).toBe(main.querySelector('ul') ?? main);
  end?.();
});

test('what is focused elsewhere keeps the focus', async () => {
  document.body.innerHTML = '<input /><main><button>A</button><p>B</p></main>';
  const main = document.querySelector('main') as HTMLElement;
  const end = keepsFocus(main);
  main.querySelector('button')?.focus();
  const field = document.querySelector('input');
  field?.focus();
  main.querySelector('button')?.remove();
  await settled();
  expect(document.activeElement).toBe(field);
  end?.();
});

test('what is not there yet gets the focus when it comes, unless the person goes on before', async () => {
  document.body.innerHTML = '<main tabindex="-1"></main>';
  const main = document.querySelector('main') as HTMLElement;
  const come = () => (main.innerHTML = '<h1 data-title-of="a">A</h1>');
  focusWhenThere(main, '[data-title-of="a"]');
  come();
  await settled();
  expect(document.activeElement).toBe(main.querySelector('h1'));
  main.innerHTML = '';
  focusWhenThere(main, '[data-title-of="a"]');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
  expect(document.activeElement).toBe(main);
  come();
  await settled();
  expect(document.activeElement).toBe(main);
});
