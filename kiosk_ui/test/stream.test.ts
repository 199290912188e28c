import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { Stream, type StreamOptions, WAIT_MS_FIRST, WAIT_MS_MAX } from "../src/core/stream";
import type { View } from "../src/core/view";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Values in the order they come; `next` waits for the one after those already taken. */
class Queue<T> {
  readonly #values: T[] = [];
  readonly #waiting: ((value: T) => void)[] = [];

  put(value: T): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(value);
    else this.#values.push(value);
  }

  next(): Promise<T> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** A real socket server, spoken to by hand. */
async function serving(options: StreamOptions = {}) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const sockets = new Queue<WebSocket>();
  const asked = new Queue<unknown>();
  server.on("connection", (socket) => {
    socket.on("message", (data) => asked.put(JSON.parse(data.toString())));
    sockets.put(socket);
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const connect = (to: string) => {
    const socket = new WebSocket(to);
    // A browser's socket closed while it opens is silent; this one throws unless somebody listens.
    socket.on("error", () => {});
    return socket as unknown as globalThis.WebSocket;
  };
  const stream = new Stream(url, { connect, random: () => 0, ...options });
  closing.push(() => {
    stream.close();
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return { stream, sockets, asked };
}

function following(stream: Stream, topic: string) {
  const views = new Queue<View>();
  const problems = new Queue<unknown>();
  const stop = stream.follow(topic, {
    changed: (view) => views.put(view),
    refused: (problem) => problems.put(problem),
  });
  return { views, problems, stop };
}

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}

const SNAPSHOT = { topic: "wall", log: "q3v9", seq: 840, snapshot: { stats: { now: { n: 1 } } } };
const PATCH = { topic: "wall", seq: 841, set: { stats: { now: { n: 2 } } } };

test("stream_subscribes_and_follows_patches", async () => {
  const { stream, sockets, asked } = await serving();
  const { views } = following(stream, "wall");
  const socket = await sockets.next();
  expect(await asked.next()).toEqual({ subscribe: "wall" });
  say(socket, SNAPSHOT);
  expect((await views.next()).rows).toEqual({ stats: { now: { n: 1 } } });
  say(socket, PATCH);
  expect(await views.next()).toEqual({
    log: "q3v9",
    seq: 841,
    rows: { stats: { now: { n: 2 } } },
  });
});

test("stream_comes_back_from_where_it_stood", async () => {
  const { stream, sockets, asked } = await serving();
  const { views } = following(stream, "wall");
  const first = await sockets.next();
  await asked.next();
  say(first, SNAPSHOT);
  say(first, PATCH);
  await views.next();
  await views.next();
  first.close();
  const second = await sockets.next();
  expect(await asked.next()).toEqual({ subscribe: "wall", from: { log: "q3v9", seq: 841 } });
  say(second, { topic: "wall", seq: 900, del: { stats: ["now"] } });
  expect((await views.next()).rows).toEqual({ stats: {} });
});

test("stream_takes_a_snapshot_of_another_life_of_the_log", async () => {
  const { stream, sockets, asked } = await serving();
  const { views } = following(stream, "wall");
  const first = await sockets.next();
  expect(await asked.next()).toEqual({ subscribe: "wall" });
  say(first, SNAPSHOT);
  await views.next();
  first.terminate();
  const second = await sockets.next();
  expect(await asked.next()).toEqual({ subscribe: "wall", from: { log: "q3v9", seq: 840 } });
  say(second, { topic: "wall", log: "restored", seq: 12, snapshot: { stats: {} } });
  expect(await views.next()).toEqual({ log: "restored", seq: 12, rows: { stats: {} } });
  second.terminate();
  expect(await asked.next()).toEqual({ subscribe: "wall", from: { log: "restored", seq: 12 } });
});

test("stream_drops_a_socket_that_has_fallen_silent", async () => {
  const { stream, sockets } = await serving({ silenceMsMax: 60 });
  const { views } = following(stream, "wall");
  const first = await sockets.next();
  say(first, SNAPSHOT);
  await views.next();
  // The server never closes the first one; a second one comes all the same.
  const second = await sockets.next();
  expect(second).not.toBe(first);
});

test("stream_waits_longer_after_each_failure_up_to_a_bound", async () => {
  const bounds: number[] = [];
  const enough = new Queue<void>();
  const failing = () => {
    const socket: Partial<globalThis.WebSocket> & { close(): void } = { close() {} };
    queueMicrotask(() => socket.onclose?.call(socket as globalThis.WebSocket, {} as CloseEvent));
    return socket as globalThis.WebSocket;
  };
  const realTimeout = globalThis.setTimeout;
  globalThis.setTimeout = ((run: () => void, ms: number) => {
    if (ms <= WAIT_MS_MAX) bounds.push(ms);
    if (bounds.length >= 8) {
      enough.put();
      return 0;
    }
    return realTimeout(run, ms > WAIT_MS_MAX ? ms : 0);
  }) as typeof setTimeout;
  closing.push(() => {
    globalThis.setTimeout = realTimeout;
  });
  const stream = new Stream("ws://nowhere/", { connect: failing, random: () => 1 });
  closing.push(() => stream.close());
  following(stream, "wall");
  await enough.next();
  expect(bounds).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((s) => s * WAIT_MS_FIRST));
});

test("stream_is_live_only_when_every_topic_has_answered", async () => {
  const { stream, sockets } = await serving();
  const seen = new Queue<boolean>();
  stream.watch(({ live }) => seen.put(live));
  expect(await seen.next()).toBe(false);
  following(stream, "wall");
  const { problems } = following(stream, "console");
  const socket = await sockets.next();
  say(socket, SNAPSHOT);
  say(socket, { topic: "console", problem: { code: "not_allowed", facts: {} } });
  expect(await problems.next()).toMatchObject({ code: "not_allowed" });
  expect(await seen.next()).toBe(true);
  const before = stream.freshness.asOf;
  socket.terminate();
  expect(await seen.next()).toBe(false);
  expect(stream.freshness.asOf).toBeGreaterThanOrEqual(before);
  expect(stream.freshness.asOf).toBeLessThanOrEqual(Date.now());
});

test("stream_says_at_once_that_the_network_is_gone_and_comes_back_when_woken", async () => {
  const { stream, sockets } = await serving({ random: () => 1 });
  const { views } = following(stream, "wall");
  say(await sockets.next(), SNAPSHOT);
  await views.next();
  stream.lose();
  expect(stream.freshness.live).toBe(false);
  stream.wake();
  say(await sockets.next(), { ...SNAPSHOT, seq: 850 });
  expect((await views.next()).seq).toBe(850);
  expect(stream.freshness.live).toBe(true);
});

test("stream_gives_a_second_follower_what_is_known_without_asking_again", async () => {
  const { stream, sockets, asked } = await serving();
  const first = following(stream, "wall");
  const socket = await sockets.next();
  await asked.next();
  say(socket, SNAPSHOT);
  await first.views.next();
  const second = following(stream, "wall");
  expect((await second.views.next()).seq).toBe(840);
  first.stop();
  second.stop();
  expect(await asked.next()).toEqual({ unsubscribe: "wall" });
});
