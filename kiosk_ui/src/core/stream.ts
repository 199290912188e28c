/** One socket, any number of topics of one fair, always back.
 *
 *  - What was followed is followed again after every reconnect, from where it stood.
 *  - A dead socket is noticed by our own watchdog: nothing heard for 35 s and it is dropped, without
 *    waiting for `onclose`, which can take much longer than people are willing to look at it.
 *  - Reconnecting waits a random time below a bound that doubles from 1 s to 30 s, so that a hall of
 *    tablets does not come back in one moment. The network's return, or somebody looking, ends the wait. */

import { type Facts, type Problem, problem } from "./problem";
import { opened, type Patch, patched, type Snapshot, type View } from "./view";

export const SILENCE_MS_MAX = 35_000;
export const WAIT_MS_FIRST = 1_000;
export const WAIT_MS_MAX = 30_000;

export interface Freshness {
  readonly live: boolean;
  /** When the screen was last known to be true (ms), 0 before that. */
  readonly asOf: number;
}

export interface Following {
  changed(view: View): void;
  refused?(problem: Problem): void;
}

interface Topic {
  view: View | null;
  settled: boolean;
  readonly followers: Set<Following>;
}

interface Refusal {
  topic: string;
  problem: { code: string; facts: Facts };
}

type Message = Snapshot | Patch | Refusal | { head: number };

/** What a test replaces: how a socket is made, chance, and patience. */
export interface StreamOptions {
  connect?: (url: string) => WebSocket;
  random?: () => number;
  silenceMsMax?: number;
}

export class Stream {
  readonly #url: string;
  readonly #connect: (url: string) => WebSocket;
  readonly #random: () => number;
  readonly #silenceMsMax: number;
  readonly #topics = new Map<string, Topic>();
  readonly #watchers = new Set<(freshness: Freshness) => void>();
  #socket: WebSocket | null = null;
  #open = false;
  #waitMs = WAIT_MS_FIRST;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #freshness: Freshness = { live: false, asOf: 0 };

  constructor(url: string, options: StreamOptions = {}) {
    this.#url = url;
    this.#connect = options.connect ?? ((to) => new WebSocket(to));
    this.#random = options.random ?? Math.random;
    this.#silenceMsMax = options.silenceMsMax ?? SILENCE_MS_MAX;
  }

  /** Follow a topic; call what is returned to stop. The view held, if any, is given at once. */
  follow(name: string, following: Following): () => void {
    const known = this.#topics.get(name);
    const topic = known ?? { view: null, settled: false, followers: new Set() };
    topic.followers.add(following);
    if (topic.view) following.changed(topic.view);
    if (!known) {
      this.#topics.set(name, topic);
      if (this.#open) this.#subscribe(name, topic);
      else this.#start();
    }
    return () => {
      topic.followers.delete(following);
      if (topic.followers.size === 0 && this.#topics.delete(name) && this.#open) {
        this.#socket?.send(JSON.stringify({ unsubscribe: name }));
      }
      this.#judge();
    };
  }

  get freshness(): Freshness {
    return this.#freshness;
  }

  watch(watcher: (freshness: Freshness) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#freshness);
    return () => this.#watchers.delete(watcher);
  }

  /** Connect now if not connected: the network is back, or somebody looks. */
  wake(): void {
    if (this.#topics.size === 0 || this.#open) return;
    this.#waitMs = WAIT_MS_FIRST;
    this.#drop();
    this.#start();
  }

  /** The network is known to be gone: say so now, not after the watchdog's silence. */
  lose(): void {
    if (!this.#socket) return;
    this.#drop();
    this.#later();
  }

  close(): void {
    this.#topics.clear();
    clearTimeout(this.#retry);
    this.#drop();
  }

  #start(): void {
    clearTimeout(this.#retry);
    if (this.#socket || this.#topics.size === 0) return;
    const socket = this.#connect(this.#url);
    this.#socket = socket;
    this.#heard();
    socket.onopen = () => {
      this.#open = true;
      this.#heard();
      for (const [name, topic] of this.#topics) this.#subscribe(name, topic);
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.#heard();
      this.#receive(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      this.#drop();
      this.#later(spread(event.reason));
    };
  }

  #subscribe(name: string, topic: Topic): void {
    const from = topic.view && { log: topic.view.log, seq: topic.view.seq };
    this.#socket?.send(JSON.stringify(from ? { subscribe: name, from } : { subscribe: name }));
  }

  #receive(message: Message): void {
    if ("head" in message) {
      this.#judge();
      return;
    }
    const topic = this.#topics.get(message.topic);
    if (!topic) return;
    if ("problem" in message) {
      topic.settled = true;
      const refused = problem(message.problem.code, 0, message.problem.facts);
      for (const following of topic.followers) following.refused?.(refused);
    } else if ("snapshot" in message) {
      this.#show(topic, opened(message));
    } else if (topic.view) {
      this.#show(topic, patched(topic.view, message));
    }
    this.#judge();
  }

  #show(topic: Topic, view: View): void {
    topic.view = view;
    topic.settled = true;
    // Only a connection that brought something is a good one.
    this.#waitMs = WAIT_MS_FIRST;
    for (const following of topic.followers) following.changed(view);
  }

  #heard(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#drop();
      this.#later();
    }, this.#silenceMsMax);
  }

  #drop(): void {
    clearTimeout(this.#watchdog);
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const topic of this.#topics.values()) topic.settled = false;
    this.#judge();
  }

  #later(spreadMs = 0): void {
    clearTimeout(this.#retry);
    if (this.#topics.size === 0) return;
    const bound = Math.max(this.#waitMs, spreadMs);
    this.#retry = setTimeout(() => this.#start(), this.#random() * bound);
    this.#waitMs = Math.min(this.#waitMs * 2, WAIT_MS_MAX);
  }

  /** Live: connected, and every topic has answered since. */
  #judge(): void {
    const live = this.#open && [...this.#topics.values()].every((topic) => topic.settled);
    const was = this.#freshness;
    this.#freshness = { live, asOf: live ? Date.now() : was.asOf };
    // While live nobody shows the time, so nobody is told that it moved.
    if (live === was.live && (live || was.asOf === this.#freshness.asOf)) return;
    for (const watcher of this.#watchers) watcher(this.#freshness);
  }
}

/** A server that stops says how long all its clients should take to come back. */
function spread(reason: string | undefined): number {
  const found = /within (\d+) ms/.exec(reason ?? "");
  return found ? Math.min(Number(found[1]), WAIT_MS_MAX) : 0;
}

/** The stream of a fair, woken by the browser. */
export function openStream(fair: string): Stream {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const stream = new Stream(`${scheme}://${location.host}/api/fairs/${fair}/streams`);
  const wake = () => stream.wake();
  addEventListener("online", wake);
  addEventListener("offline", () => stream.lose());
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
  return stream;
}
