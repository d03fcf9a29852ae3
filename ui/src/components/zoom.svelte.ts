// How large everything is shown: remembered by the window, not by the profile, since it depends on the screen.

const STEPS = [80, 90, 100, 110, 125, 150, 175, 200];
const KEY = 'zoom';

class Zoom {
  /** In percent. */
  percent = $state(this.#remembered());

  /** One step larger or smaller. */
  step(by: 1 | -1): void {
    const at = STEPS.indexOf(this.percent);
    this.#set(STEPS[Math.min(STEPS.length - 1, Math.max(0, at + by))] ?? 100);
  }

  reset(): void {
    this.#set(100);
  }

  #set(percent: number): void {
    this.percent = percent;
    localStorage.setItem(KEY, String(percent));
  }

  #remembered(): number {
    const percent = Number(localStorage.getItem(KEY));
    return STEPS.includes(percent) ? percent : 100;
  }
}

export const zoom = new Zoom();
