// When a query is fetched again. Each query has one request in flight and one pending; what changes by itself, such as
// during an import, makes the window ask at most a few times a second, however many queries and changes there are.
import type { Host } from './host';

/** Refetches of the whole window within a second, where nobody acted. */
const AT_MOST = 4;
/** A second, and a little more: whoever counts from outside may see two requests closer than they were begun. */
const SECOND_MS = 1050;
/** What a person has just done is shown at once: so many refetches follow without waiting. */
const FOLLOWING = 12;

/** The limit that all queries of a window share. */
class Limit {
  /** When the last refetches began. */
  #begun: number[] = [];
  /** Refetches that wait, the one that waits longest first. */
  readonly #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Refetches that a person's own doing still allows, and until when. */
  #following = 0;
  #until = 0;

  /** Runs `refetch` as soon as the limit allows; asked again before that, it still runs once. */
  ask(refetch: () => void): void {
    this.#waiting.add(refetch);
    this.#serve();
  }

  /** A request that waited for nobody counts, too. */
  begun(): void {
    this.#begun.push(performance.now());
  }

  drop(refetch: () => void): void {
    this.#waiting.delete(refetch);
  }

  acted(): void {
    this.#following = FOLLOWING;
    this.#until = performance.now() + SECOND_MS;
    this.#serve();
  }

  #serve(): void {
    clearTimeout(this.#timer);
    for (const refetch of this.#waiting) {
      const now = performance.now();
      this.#begun = this.#begun.filter((at) => now - at < SECOND_MS);
      const follows = this.#following > 0 && now < this.#until;
      const [oldest] = this.#begun;
      if (!follows && oldest !== undefined && this.#begun.length >= AT_MOST) {
        this.#timer = setTimeout(() => this.#serve(), oldest + SECOND_MS - now);
        return;
      }
      if (follows) this.#following--;
      this.#waiting.delete(refetch);
      refetch();
    }
  }
}

const limits = new WeakMap<Host, Limit>();

function limitOf(host: Host): Limit {
  const known = limits.get(host);
  if (known) return known;
  const made = new Limit();
  limits.set(host, made);
  return made;
}

/** A person changes something now: what follows from it is fetched without waiting. */
export function acted(host: Host): void {
  limitOf(host).acted();
}

/** The requests of one query: one in flight, one pending. */
export class Requests {
  readonly #limit: Limit;
  readonly #again = () => void this.now();
  /** Counts the questions: an answer to an earlier one is dropped. */
  #question = 0;
  #inFlight: Promise<void> | undefined;
  #pending: Promise<void> | undefined;
  /** What is in flight will be stale when it is here. */
  #staleInFlight = false;

  /** `fetch` asks and does not throw; it keeps an answer only if `isWanted` still says so. */
  constructor(
    host: Host,
    private readonly fetch: (isWanted: () => boolean) => Promise<void>,
  ) {
    this.#limit = limitOf(host);
  }

  /** Another question: asked at once; nobody waits for the answer to the earlier one. */
  ask(): Promise<void> {
    this.#question++;
    this.#inFlight = this.#pending = undefined;
    return this.now();
  }

  /** Asks again at once, or as soon as the request in flight is answered. Done when that was answered. */
  now(): Promise<void> {
    this.#limit.drop(this.#again);
    if (!this.#inFlight) return this.#begin();
    const question = this.#question;
    this.#pending ??= this.#inFlight.then(() => {
      if (question !== this.#question) return;
      this.#pending = undefined;
      return this.#begin();
    });
    return this.#pending;
  }

  /** Asks again, as soon as the request in flight is answered and the limit of the window allows it. */
  stale(): void {
    if (this.#inFlight) this.#staleInFlight = true;
    else this.#limit.ask(this.#again);
  }

  /** Nobody wants an answer any more. */
  end(): void {
    this.#limit.drop(this.#again);
    this.#question++;
  }

  #begin(): Promise<void> {
    const question = this.#question;
    this.#limit.begun();
    this.#staleInFlight = false;
    const request = this.fetch(() => question === this.#question).finally(() => {
      if (this.#inFlight !== request) return;
      this.#inFlight = undefined;
      if (this.#staleInFlight && !this.#pending) this.stale();
    });
    this.#inFlight = request;
    return request;
  }
}
