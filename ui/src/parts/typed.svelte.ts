// What is typed into a search field, and what of it stands after a pause.

/** Make it while a component is set up. */
export class Typed {
  /** What stands in the field. */
  value = $state('');
  /** The same without spaces around it, once nobody has typed for a moment. */
  settled = $state('');

  /** `pause` is long enough to search, in milliseconds. */
  constructor(pause: number) {
    $effect(() => {
      const wanted = this.value.trim();
      const timer = setTimeout(() => (this.settled = wanted), pause);
      return () => clearTimeout(timer);
    });
  }
}
