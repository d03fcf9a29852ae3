import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import App from '../../App.svelte';
import type { Derivation, DocumentView, Problem } from '../../host/bindings';
import { HostFailure } from '../../host/host';
import '../../testing/loaded';
import { MemoryHost } from '../../testing/memory-host';
import { document, fact, page, row, task } from '../../testing/samples';

const dueDate = fact({
  questioned: true,
  candidates: [{ value: '2025-12-05', evidence: null }],
});
const amount = fact({
  field: 'amount_due',
  shape: 'amount',
  value: '84.20',
  evidence: { page: 1, rect: { x: 0.7, y: 0.6, w: 0.1, h: 0.02 }, text: '84,20' },
});

/** A word in a line at a third of the page. */
const word = (text: string, x: number) => ({ text, rect: { x, y: 0.33, w: 0.08, h: 0.02 } });

/** A host in whose review these documents wait. */
function hostWith(...ids: string[]): MemoryHost {
  let waiting = ids;
  const documents = new Map<string, DocumentView>(
    ids.map((id) => [
      id,
      document({ id, title: `Letter ${id}`, correspondent: `Sender ${id}`, facts: [amount, dueDate] }),
    ]),
  );
  const find = (id: string) => {
    const found = documents.get(id);
    if (!found) throw new HostFailure({ code: 'not_found', message: 'gone', detail: null });
    return found;
  };
  return new MemoryHost({
    'review.list': () =>
      page(...waiting.map((id) => row({ id, title: `Letter ${id}`, correspondent: `Sender ${id}` }))),
    'documents.get': ({ id }) => find(id),
    'documents.words': () => [
      word('14.', 0.1),
      word('December', 0.2),
      word('2025', 0.4),
      { ...word('elsewhere', 0.1), rect: { x: 0.1, y: 0.8, w: 0.08, h: 0.02 } },
    ],
    'documents.set_kind': ({ id, kind }) => ({ ...find(id), kind }),
    'review.accept': ({ id }) => {
      waiting = waiting.filter((other) => other !== id);
      return { tasks: [], next: waiting[0] ?? null };
    },
    'review.correct': ({ id, field, value }) => {
      if (value === 'soon')
        throw new HostFailure({ code: 'bad_input', message: '“soon” is not a date.', detail: null });
      const facts = find(id).facts.map((fact) =>
        fact.field === field ? { ...fact, value: value && '2025-12-05', questioned: false } : fact,
      );
      return { ...find(id), facts };
    },
  });
}

const row_ = (name: string) => screen.findByRole('group', { name });
const box = (field: string) => window.document.querySelector(`rect[data-field="${field}"]`) as SVGRectElement;

beforeEach(() => {
  location.hash = '#/review';
});

test('pointing at a fact lights its box on the page, and the other way round', async () => {
  render(App, { host: hostWith('a') });
  const fact = await row_('To be paid by');
  expect(box('due_date')).not.toHaveAttribute('data-lit');
  await fireEvent.pointerEnter(fact);
  expect(box('due_date')).toHaveAttribute('data-lit');
  expect(box('amount_due')).not.toHaveAttribute('data-lit');
  await fireEvent.pointerLeave(fact);
  expect(box('due_date')).not.toHaveAttribute('data-lit');

  await fireEvent.pointerEnter(box('amount_due'));
  expect(await row_('To pay')).toHaveAttribute('data-lit');
  await fireEvent.click(box('amount_due'));
  await expect.poll(() => window.document.activeElement).toBe(await row_('To pay'));
});

test('a box lies where the evidence says, in fractions of the page', async () => {
  render(App, { host: hostWith('a') });
  await row_('To pay');
  const place = ['x', 'y', 'width', 'height'].map((name) => Number(box('amount_due').getAttribute(name)));
  const wanted = [0.7, 0.6, 0.1, 0.02];
  place.forEach((value, index) => expect(Math.abs(value - (wanted[index] ?? 0))).toBeLessThan(0.01));
});

test('Enter accepts and goes to the next document; the last one leaves a calm page', async () => {
  const user = userEvent.setup();
  const host = hostWith('a', 'b');
  render(App, { host });
  await screen.findByRole('heading', { name: 'Letter a' });
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: 'Letter b' });
  await user.keyboard('{Enter}');
  await screen.findByText('All checked.');
  expect(host.inputs('review.accept')).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('what comes next is shown at once, whoever is first to know that a letter is gone', async () => {
  const user = userEvent.setup();
  const host = hostWith('a', 'b', 'c');
  let answered = () => {};
  render(App, { host });
  await screen.findByRole('heading', { name: 'Letter a' });
  await user.keyboard('j');
  await screen.findByRole('heading', { name: 'Letter b' });
  host.answer('review.list', () => page(...['a', 'c'].map((id) => row({ id, title: `Letter ${id}` }))));
  host.answer('review.accept', () => new Promise((resolve) => (answered = () => resolve({ tasks: [], next: 'a' }))));
  await user.keyboard('{Enter}');
  host.emitChanged({ documents: ['b'] });
  await screen.findByRole('heading', { name: 'Letter c' });
  answered();
  await screen.findByRole('heading', { name: 'Letter c' });
  expect(host.inputs('documents.get').filter((input) => (input as { id: string }).id === 'a')).toHaveLength(1);
});

test('the next letter is accepted though the list is still on its way', async () => {
  const user = userEvent.setup();
  const host = hostWith('a', 'b', 'c');
  render(App, { host });
  await screen.findByRole('heading', { name: 'Letter a' });
  host.answer('review.list', () => new Promise(() => {}));
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: 'Letter b' });
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: 'Letter c' });
  expect(host.inputs('review.accept')).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('Enter in the field of a correction saves it and does not accept', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  await screen.findByRole('heading', { name: 'Letter a' });
  await user.keyboard('e');
  const field = await screen.findByRole('textbox', { name: 'Value of To be paid by' });
  await expect.poll(() => window.document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, '5.12.2025{Enter}');
  expect(host.inputs('review.correct')).toEqual([{ id: 'a', field: 'due_date', value: '5.12.2025' }]);
  expect(host.inputs('review.accept')).toEqual([]);
  expect(await row_('To be paid by')).toHaveTextContent('5 Dec 2025');
});

test('a value that is not understood is said beside the field, which keeps what was typed', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a') });
  await user.click(await screen.findByRole('button', { name: 'Correct To be paid by' }));
  const field = screen.getByRole('textbox', { name: 'Value of To be paid by' });
  await user.clear(field);
  await user.type(field, 'soon{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('Please enter a date such as 14.03.2026.');
  expect(field).toHaveValue('soon');
  expect(field).toBeInvalid();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a doubtful value can be confirmed with its place, replaced by a candidate, or said to be absent', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  const questioned = await row_('To be paid by');
  expect(questioned).toHaveTextContent('24 Nov 2025?');
  await user.click(within(questioned).getByRole('button', { name: 'Right' }));
  const [confirmed] = host.inputs('review.correct');
  expect(confirmed).toEqual({ id: 'a', field: 'due_date', value: '2025-11-24', evidence: dueDate.evidence });
});

/** Presses, moves and lets go on the page, in fractions of it. */
async function drag(from: [number, number], to: [number, number]) {
  const page = window.document.querySelector('svg[data-words]') as SVGSVGElement;
  page.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 1000);
  for (const [name, [x, y]] of [
    ['pointerdown', from],
    ['pointermove', to],
    ['pointerup', to],
  ] as const) {
    await fireEvent(page, new MouseEvent(name, { bubbles: true, clientX: x * 1000, clientY: y * 1000 }));
  }
}

test('J at the last letter and K at the first say that there is none after it', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a', 'b') });
  await screen.findByText('1 of 2: Letter a');
  await user.keyboard('k');
  expect(screen.getByText('This is the first letter.')).toBeInTheDocument();
  await user.keyboard('j');
  await screen.findByText('2 of 2: Letter b');
  await user.keyboard('j');
  expect(screen.getByText('This is the last letter.')).toBeInTheDocument();
});

test('a screen reader reads the lines of the page', async () => {
  const host = hostWith('a');
  const word = (text: string, x: number, y: number) => ({ text, rect: { x, y, w: 0.1, h: 0.02 } });
  host.answer('documents.words', () => [word('Zahlbar', 0.1, 0.2), word('bis', 0.3, 0.201), word('Danke', 0.1, 0.3)]);
  render(App, { host });
  const text = await screen.findByRole('group', { name: 'Text of page 1' });
  expect([...text.querySelectorAll('p')].map((line) => line.textContent)).toEqual(['Zahlbar bis', 'Danke']);
});

test('words framed on the page fill the doubtful fact, and are its proof', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  await row_('To be paid by');
  await expect.poll(() => host.inputs('documents.words')).toEqual([{ id: 'a', page: 1 }]);
  await drag([0.05, 0.3], [0.5, 0.4]);
  const field = await screen.findByRole('textbox', { name: 'Value of To be paid by' });
  await expect.poll(() => field).toHaveValue('14. December 2025');
  await user.keyboard('{Enter}');
  const rect = { x: 0.1, y: 0.33, w: expect.closeTo(0.38) as number, h: expect.closeTo(0.02) as number };
  expect(host.inputs('review.correct')).toEqual([
    { id: 'a', field: 'due_date', value: '14. December 2025', evidence: { page: 1, rect, text: '14. December 2025' } },
  ]);
});

test('a click on a word fills the fact that is being corrected', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a') });
  await user.click(await screen.findByRole('button', { name: 'Correct To pay' }));
  await drag([0.43, 0.34], [0.43, 0.34]);
  const field = screen.getByRole('textbox', { name: 'Value of To pay' });
  await expect.poll(() => field).toHaveValue('2025');
  await drag([0.95, 0.95], [0.95, 0.95]);
  expect(field).toHaveValue('2025');
});

test('a number chooses a candidate of the focused fact', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  (await row_('To be paid by')).focus();
  await user.keyboard('7');
  expect(host.inputs('review.correct')).toEqual([]);
  await user.keyboard('1');
  expect(host.inputs('review.correct')).toEqual([{ id: 'a', field: 'due_date', value: '2025-12-05' }]);
});

test('J, K and the arrows go through the list, but not while something is typed', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a', 'b', 'c') });
  await screen.findByRole('heading', { name: 'Letter a' });
  await user.keyboard('j');
  await screen.findByRole('heading', { name: 'Letter b' });
  await user.keyboard('{ArrowDown}');
  await screen.findByRole('heading', { name: 'Letter c' });
  await user.keyboard('k');
  await screen.findByRole('heading', { name: 'Letter b' });
  await user.keyboard('e');
  await user.type(await screen.findByRole('textbox'), 'jjk');
  expect(screen.getByRole('heading', { name: 'Letter b' })).toBeVisible();
});

test('the kind can be chosen', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  await user.selectOptions(await screen.findByLabelText('Kind'), 'Payment reminder');
  expect(host.inputs('documents.set_kind')).toEqual([{ id: 'a', kind: 'dunning' }]);
});

test('a digit answers the first question by its suggestion, without a click', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  render(App, { host });
  await row_('To be paid by');
  await user.keyboard('1');
  await expect.poll(() => host.inputs('review.correct')).toEqual([{ id: 'a', field: 'due_date', value: '2025-12-05' }]);
});

test('the clear ones are accepted together, in one step that can be undone', async () => {
  const user = userEvent.setup();
  const host = hostWith('a', 'b', 'c');
  host.answer('review.clear', () => ['a', 'c']);
  host.answer('review.accept_many', () => null);
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Accept 2 clear ones' }));
  expect(host.inputs('review.accept_many')).toEqual([{ ids: ['a', 'c'] }]);
  expect(await screen.findByText('2 letters accepted.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('the page can be turned to look at it, and the next document is upright again', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a', 'b') });
  await screen.findByRole('heading', { name: 'Letter a' });
  const paper = () => window.document.querySelector('img[alt^="Page 1"]')?.parentElement?.style.transform;
  expect(paper()).toContain('rotate(0deg)');
  await user.keyboard('r');
  expect(paper()).toContain('rotate(90deg)');
  await user.keyboard('j');
  await screen.findByRole('heading', { name: 'Letter b' });
  expect(paper()).toContain('rotate(0deg)');
});

test('what is asked stands before what is known, and its answer leads to the next question', async () => {
  const user = userEvent.setup();
  const iban = fact({ field: 'iban', shape: 'iban', value: 'DE02100100100006820101', questioned: true });
  const asked = document({ id: 'a', facts: [amount, dueDate, iban] });
  const answered = document({ id: 'a', facts: [amount, { ...dueDate, questioned: false }, iban] });
  render(App, {
    host: new MemoryHost({
      'review.list': () => page(row({ id: 'a' })),
      'documents.get': () => asked,
      'documents.words': () => [],
      'review.correct': () => answered,
    }),
  });
  const names = () => [...window.document.querySelectorAll<HTMLElement>('[data-fact]')].map((row) => row.dataset.fact);
  await row_('To be paid by');
  expect(names()).toEqual(['due_date', 'iban', 'amount_due']);
  const right = within(screen.getByRole('group', { name: 'To be paid by' }));
  await user.click(right.getByRole('button', { name: 'Right' }));
  await expect.poll(() => names()[0]).toBe('iban');
  expect(screen.getByRole('group', { name: 'IBAN' })).toHaveFocus();
});

test('where other letters seem to begin, the document is divided by two presses', async () => {
  const user = userEvent.setup();
  const host = hostWith('stack');
  const page = (number: number) => ({ number, width: 595, height: 842, origin: 'embedded' as const });
  const begins = (page: number): Problem => ({ code: 'several_letters', message: 'English', page });
  host.answer('documents.get', ({ id }) =>
    document({
      id,
      doubts: [{ doubt: 'several_letters', page: 2 }],
      problems: [begins(2), begins(4)],
      pages: [1, 2, 3, 4].map(page),
    }),
  );
  host.answer('pages.arrange', () => ({ documents: ['stack', 'second', 'third'] }));
  render(App, { host });
  await screen.findByText('Another letter seems to begin on page 2.');
  await user.click(screen.getByRole('button', { name: 'Divide…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('option', { selected: true, name: 'Page 2, begins a new document' });
  await user.click(dialog.getByRole('button', { name: 'Arrange like this' }));
  const pages = (...numbers: number[]) => numbers.map((page) => ({ document: 'stack', page }));
  expect(host.inputs('pages.arrange')).toEqual([{ parts: [pages(1), pages(2, 3), pages(4)] }]);
});

test('parts of one paper are put together, and pages in order, by one press', async () => {
  const user = userEvent.setup();
  const host = hostWith('part');
  host.answer('documents.get', ({ id }) =>
    document({ id, doubts: [{ doubt: 'page_order' }, { doubt: 'further_part', other: 'rest' }] }),
  );
  host.answer('pages.put_in_order', () => ({ documents: ['part'] }));
  host.answer('pages.put_together', () => ({ documents: ['part'] }));
  host.answer('cases.relate', () => document({ id: 'part' }));
  render(App, { host });
  await user.click(await screen.findByRole('button', { name: 'Put in order' }));
  await user.click(screen.getByRole('button', { name: 'Put together' }));
  await user.click(screen.getByRole('button', { name: 'Does not belong to it' }));
  expect(host.inputs('pages.put_in_order')).toEqual([{ id: 'part' }]);
  expect(host.inputs('pages.put_together')).toEqual([{ id: 'part' }]);
  expect(host.inputs('cases.relate')).toEqual([{ id: 'part', other: 'rest' }]);
  expect(screen.getByRole('link', { name: 'Show the other picture' })).toHaveAttribute('href', '#/documents/rest');
});

test('what becomes of it stands above the button, and follows a value while it is typed', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  const pays = {
    kind: 'pay',
    rule: 'printed_due_date',
    due_time: null,
    assumed: false,
    over: false,
    late: false,
  } as const;
  host.answer('review.preview', ({ value }) => [
    { ...pays, due: value ? '2025-12-05' : '2025-11-24', latest: null, amount: { amount: '98.50', currency: 'EUR' } },
  ]);
  render(App, { host });
  const line = async (text: string) =>
    expect.poll(() => screen.getByText('Becomes:').parentElement?.textContent?.replace(/\s+/g, ' ').trim()).toBe(text);
  await screen.findByText('Becomes:');
  await line('Becomes: pay €98.50 by 24 Nov 2025');
  await user.click(await screen.findByRole('button', { name: 'Correct To be paid by' }));
  const field = screen.getByRole('textbox', { name: 'Value of To be paid by' });
  await user.clear(field);
  await user.type(field, '5.12.2025');
  await line('Becomes: pay €98.50 by 5 Dec 2025');
  expect(host.inputs('review.correct')).toEqual([]);
  await user.keyboard('{Escape}');
  await line('Becomes: pay €98.50 by 24 Nov 2025');
  // A right that has ended is not promised.
  host.answer('review.preview', () => [
    { ...pays, kind: 'object', rule: 'tax_objection', over: true, due: '2025-10-24', latest: null, amount: null },
  ]);
  host.emitChanged({ documents: ['a'] });
  await line('Becomes: objection possible until 24 Oct 2025 (already over)');
  host.answer('review.preview', () => []);
  await user.keyboard('j');
  host.emitChanged({ documents: ['a'] });
  await line('Becomes: filed only, nothing to do');
});

test('what a letter may ask for is a question, and one press makes the task', async () => {
  const user = userEvent.setup();
  const host = hostWith('a', 'b');
  const unsure = { doubt: 'unsure', field: 'amount_due' } as const;
  const asks = document({
    id: 'a',
    title: 'Letter a',
    facts: [amount, fact({ value: '2025-12-15' })],
    doubts: [unsure],
  });
  host.answer('documents.get', ({ id }) => (id === 'a' ? asks : document({ id, title: `Letter ${id}` })));
  const planned = {
    kind: 'pay',
    rule: 'payment',
    due: '2025-12-15',
    due_time: null,
    latest: '2025-12-15',
    assumed: false,
    amount: { amount: '1053.15', currency: 'EUR' },
    over: false,
    late: false,
  } as const;
  host.answer('review.preview', ({ id }) => (id === 'a' ? [planned] : []));
  render(App, { host });
  await screen.findByText('Asks for €1,053.15 by 15 December 2025?');
  expect(screen.queryByText('Becomes:')).toBeNull();

  // Only an amount: the day is a proposal. Only a day: the amount is not known.
  host.answer('review.preview', ({ id }) => (id === 'a' ? [{ ...planned, assumed: true }] : []));
  host.emitChanged({ documents: ['a'] });
  await screen.findByText('Asks for €1,053.15?');
  host.answer('review.preview', ({ id }) => (id === 'a' ? [{ ...planned, amount: null }] : []));
  host.emitChanged({ documents: ['a'] });
  await screen.findByText('Asks for something by 15 December 2025?');

  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: 'Letter b' });
  expect(host.inputs('review.accept')).toEqual([{ id: 'a' }]);
  expect(screen.queryByText(/^Asks for/)).toBeNull();
});

test('a letter that is asked for is shown first; one that does not wait any more among the documents', async () => {
  location.hash = '#/review/b';
  render(App, { host: hostWith('a', 'b') });
  await screen.findByRole('heading', { name: 'Letter b' });
  location.hash = '#/review/gone';
  await expect.poll(() => location.hash).toBe('#/documents/gone');
});

test('three states of certainty are seen and spoken, and only what is sure says so', async () => {
  const host = hostWith('a');
  const iban = fact({
    ...{ field: 'iban', shape: 'iban', value: 'DE02100100100006820101' },
    ...{ certain: true, checks: ['check_digits'] },
  });
  host.answer('documents.get', ({ id }) =>
    document({ id, facts: [{ ...amount, checks: ['labelled'] }, dueDate, iban] }),
  );
  render(App, { host });
  const sureness = async (name: string) =>
    within(await row_(name))
      .getAllByRole('img')[0]
      ?.getAttribute('aria-label');
  expect(await sureness('IBAN')).toMatch(/^Sure because: /);
  expect(await sureness('To pay')).toBe('Probable');
  expect(await sureness('To be paid by')).toBe('Question: please check');
  for (const name of ['To pay', 'To be paid by']) {
    const titles = [...(await row_(name)).querySelectorAll('[title]')].map((one) => one.getAttribute('title'));
    expect(titles.join(' ')).not.toMatch(/sure because/i);
  }
});

test('why a value was taken is told for who asks, in the words of the letter', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  host.answer('review.why', () => [
    { field: null, reasons: [] },
    {
      field: 'amount_due',
      reasons: [
        { speaks_for: true, seen: 'left', words: 'Zu zahlen' },
        { speaks_for: true, seen: 'has_field', words: 'iban' },
        { speaks_for: false, seen: 'rivals', words: null },
      ],
    },
  ]);
  render(App, { host });
  const row = await row_('To pay');
  expect(host.inputs('review.why')).toEqual([]);
  const why = within(row).getByRole('button', { name: 'Why this value for To pay?' });
  await user.click(why);
  expect(why).toHaveAttribute('aria-expanded', 'true');
  const said = await within(row).findAllByRole('listitem');
  expect(said.map((one) => one.textContent)).toEqual([
    '“Zu zahlen” to the left of it',
    'there is “IBAN” as well',
    'how near other values come',
  ]);
  await user.click(why);
  expect(within(row).queryByRole('listitem')).toBeNull();
  expect(host.inputs('review.why')).toEqual([{ id: 'a' }]);
});

test('where no day was found one is proposed, which fits by one press; or its place is shown on the page', async () => {
  const user = userEvent.setup();
  const host = hostWith('a');
  const missing = { ...dueDate, value: null, evidence: null, candidates: [] };
  const derivation: Derivation = {
    ...{ rule: 'payment', safe: null, latest: null, notes: [], discount: null },
    assumptions: [{ assumption: { what: 'due', value: '2025-12-01' }, by_user: false }],
  };
  const guess = task({ document: 'a', provisional: true, assumed: true, derivation });
  host.answer('documents.get', ({ id }) => document({ id, facts: [amount, missing], tasks: [guess] }));
  host.answer('deadlines.assume', () => guess);
  render(App, { host });
  const row = await row_('To be paid by');
  expect(row).toHaveTextContent('no date found');
  await user.click(within(row).getByRole('button', { name: '1 Dec 2025 fits' }));
  expect(host.inputs('deadlines.assume')).toEqual([{ id: 'task-1', assumption: { what: 'due', value: '2025-12-01' } }]);
  await user.click(within(row).getByRole('button', { name: 'Show it on the page' }));
  expect(await screen.findByText('Click it on the page, or type it.')).toBeVisible();
});

test('Escape ends a correction from wherever one is, and leads to the letter in the queue', async () => {
  const user = userEvent.setup();
  render(App, { host: hostWith('a', 'b') });
  await screen.findByRole('heading', { name: 'Letter a' });
  await user.keyboard('e');
  await screen.findByRole('textbox', { name: 'Value of To be paid by' });
  // Somewhere else, as after a look at the page.
  window.document.querySelector<HTMLElement>('#content')?.focus();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('textbox')).toBeNull();
  await expect.poll(() => window.document.activeElement?.getAttribute('data-fact')).toBe('due_date');
  await user.keyboard('{Escape}');
  expect(screen.getByRole('option', { selected: true, name: /Letter a/ })).toHaveFocus();
  await user.keyboard('j');
  await screen.findByRole('heading', { name: 'Letter b' });
});
