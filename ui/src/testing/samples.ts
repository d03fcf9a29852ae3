// Views as the engine gives them, with harmless values; tests name only what matters to them.
import type { DocumentRow, DocumentView, FactView, Settings, StatusView, TaskView, TodayView } from '../host/bindings';

export const settings = (): Settings => ({
  language: 'en',
  theme: 'light',
  inbox_folder: null,
  keep_originals: false,
  land: 'NW',
  time_zone: 'Europe/Berlin',
  own_names: [],
  reminder_slots: ['09:00:00', '13:00:00'],
  quiet_from: '22:00:00',
  quiet_until: '07:00:00',
  critical_breaks_quiet: false,
  start_at_login: true,
  told_about_tray: false,
});

export const status = (changes: Partial<StatusView> = {}): StatusView => ({
  version: '0.1.0',
  profile: '/home/somebody/profile',
  inbox: '/home/somebody/inbox',
  engine: { by: 'here' },
  jobs: [],
  problems: [],
  review_count: 0,
  tray: true,
  notifications_problem: null,
  reminders_paused_until: null,
  backlog_paused: false,
  ...changes,
});

export const today = (changes: Partial<TodayView> = {}): TodayView => ({
  date: '2025-11-21',
  cards: [],
  coming: [],
  open_tasks: 0,
  review_count: 0,
  review: [],
  old_post: null,
  ...changes,
});

export const task = (changes: Partial<TaskView> = {}): TaskView => ({
  id: 'task-1',
  document: 'document-1',
  document_kind: 'invoice',
  kind: 'pay',
  title: 'Stadtwerke',
  due: '2025-11-24',
  due_time: null,
  latest: '2025-11-24',
  days_left: 3,
  assumed: false,
  amount: { amount: '84.20', currency: 'EUR' },
  payee: 'Stadtwerke GmbH',
  iban: 'DE02120300000000202051',
  reference: 'R-17',
  rule: 'payment',
  why: 'due 2025-11-24',
  derivation: null,
  source: 'BGB § 271',
  steps: ['open_bank', 'transfer'],
  priority: { score: 48, urgency: 'medium', reasons: [{ reason: 'days_left', days: 3 }] },
  status: 'open',
  done_at: null,
  done_how: null,
  next_reminder: null,
  ...changes,
});

export const row = (changes: Partial<DocumentRow> = {}): DocumentRow => ({
  id: 'document-1',
  title: 'Stadtwerke, November',
  kind: 'invoice',
  state: 'review',
  correspondent: 'Stadtwerke',
  issue_date: '2025-11-10',
  due_date: '2025-11-24',
  amount: { amount: '84.20', currency: 'EUR' },
  page_count: 1,
  received_at: '2025-11-12T09:00:00Z',
  trashed_at: null,
  ...changes,
});

export const fact = (changes: Partial<FactView> = {}): FactView => ({
  field: 'due_date',
  shape: 'date',
  value: '2025-11-24',
  confidence: 0.9,
  certain: false,
  questioned: false,
  origin: 'text',
  evidence: { page: 1, rect: { x: 0.5, y: 0.4, w: 0.1, h: 0.02 }, text: '24.11.2025' },
  checks: [],
  candidates: [],
  ...changes,
});

export const document = (changes: Partial<DocumentView> = {}): DocumentView => ({
  ...row(changes),
  file: 'f'.repeat(64),
  file_name: 'scan.pdf',
  correspondent_id: null,
  kind_confidence: 0.9,
  kinds: [],
  pages: [{ number: 1, width: 595, height: 842, origin: 'embedded' }],
  facts: [fact()],
  doubts: [],
  problems: [],
  tasks: [],
  arrivals: [],
  came_with: [],
  ...changes,
});
