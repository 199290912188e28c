import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Api, TRIES } from "../src/core/api";
import { newId } from "../src/core/ulid";

type Reply = { status: number; body: string } | "hang up";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers with `replies`, one a request, and remembers what it was asked. */
async function serving(...replies: Reply[]) {
  const asked: { path: string; body: string; name: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const name = request.headers["x-file-name"]?.toString();
    asked.push({ path: request.url ?? "", body, name });
    const reply = replies[Math.min(asked.length, replies.length) - 1] ?? "hang up";
    if (reply === "hang up") request.socket.destroy();
    else response.writeHead(reply.status).end(reply.body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pauses: number[] = [];
  const api = new Api({
    fetch: (path, init) => fetch(`${base}${path}`, init),
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
  return { api, asked, pauses };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += part;
  return body;
}

const DONE = { status: 200, body: '{"command_id":"x","seq":1,"duplicate":false,"events":[]}' };
const FULL = {
  status: 409,
  body: '{"code":"hall_full","facts":{"occupancy":812,"red":800}}',
};

test("api_command_is_sent_again_with_the_same_id_when_no_answer_came", async () => {
  const { api, asked, pauses } = await serving("hang up", "hang up", DONE);
  const answer = await api.command("f1", "check-in", { gate: "1", badge: "K7MQ3XP" });
  expect(answer.ok).toBe(true);
  expect(asked.map((one) => one.path)).toEqual(Array(3).fill("/api/fairs/f1/check-in"));
  const ids = asked.map((one) => JSON.parse(one.body).command_id);
  expect(new Set(ids).size).toBe(1);
  expect(ids[0]).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(pauses.length).toBe(2);
});

test("api_command_is_sent_again_while_the_log_is_not_available", async () => {
  const { api, asked } = await serving({ status: 503, body: '{"code":"log_unavailable"}' }, DONE);
  expect((await api.command("f1", "check-in", {})).ok).toBe(true);
  expect(asked.length).toBe(2);
});

test("api_refusal_is_data_and_is_not_asked_again", async () => {
  const { api, asked } = await serving(FULL);
  expect(await api.command("f1", "check-in", {})).toEqual({
    ok: false,
    problem: { code: "hall_full", status: 409, facts: { occupancy: 812, red: 800 } },
  });
  expect(asked.length).toBe(1);
});

test("api_gives_up_after_some_tries_and_says_so", async () => {
  const { api, asked } = await serving("hang up");
  const answer = await api.command(null, "plan-fair", {});
  expect(answer).toEqual({ ok: false, problem: { code: "unreachable", status: 0, facts: {} } });
  expect(asked.length).toBe(TRIES);
});

test("api_signing_in_is_asked_once", async () => {
  const { api, asked } = await serving("hang up");
  expect((await api.send("POST", "/api/session", { login: "a", password: "b" })).ok).toBe(false);
  expect(asked.length).toBe(1);
});

test("api_failure_that_is_not_ours_is_a_problem_too", async () => {
  const { api } = await serving({ status: 500, body: "<html>oops</html>" });
  const answer = await api.get("/api/session");
  expect(answer).toMatchObject({ ok: false, problem: { code: "server_error", status: 500 } });
});

test("api_upload_sends_the_file_as_it_is_with_its_name_encoded", async () => {
  const { api, asked } = await serving({ status: 200, body: '{"rows":[],"summary":{}}' });
  await api.upload("/api/fairs/f1/imports/attendees?dry_run=1", new File(["a,b"], "名单 1.csv"));
  expect(asked[0]).toEqual({
    path: "/api/fairs/f1/imports/attendees?dry_run=1",
    body: "a,b",
    name: "%E5%90%8D%E5%8D%95%201.csv",
  });
});

test("ulid_orders_by_time_and_differs_within_it", () => {
  expect(newId(1_000) < newId(2_000)).toBe(true);
  expect(newId(0)).toMatch(/^0{10}/);
  expect(newId(2 ** 48 - 1)).toMatch(/^7ZZZZZZZZZ/);
  expect(new Set(Array.from({ length: 100 }, () => newId(5))).size).toBe(100);
});
