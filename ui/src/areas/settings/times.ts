/** For a time that is added. */
export const NOON = '12:00:00';

/** A time of day as people type it (`9`, `9:30`, `9.30`, `0930`), as `09:30:00`; undefined if it is none. */
export function readTime(text: string): string | undefined {
  const match = /^\s*(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?\s*$/.exec(text);
  const hour = Number(match?.[1] ?? NaN);
  const minute = Number(match?.[2] ?? 0);
  if (!(hour <= 23 && minute <= 59)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}
