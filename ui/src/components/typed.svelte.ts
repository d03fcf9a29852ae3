// What is typed into a search field, and what of it stands after a pause.

/** A pause in typing that is long enough to search. */
const PAUSE_MS = 120;

/** Make it while a component is set up. */
export class Typed {
  /** What stands in the field. */
  value = $state('');
  /** The same without spaces around it, once nobody has typed for a moment. */
  settled = $state('');

  constructor() {
    $effect(() => {
      const wanted = this.value.trim();
      const timer = setTimeout(() => (this.settled = wanted), PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }
}
