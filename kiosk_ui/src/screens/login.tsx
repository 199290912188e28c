/** Signing in: staff with a password, a device with the six digits shown on the console. */

import { useState } from "preact/hooks";
import type { Problem } from "../core/problem";
import { sentence } from "../core/sentence";
import type { Paired, Session } from "../core/server";
import { login } from "../core/words/login";
import { Button, Segments } from "../parts/Button";
import { api } from "../parts/data";
import { Field } from "../parts/Field";
import { Notice, Panel } from "../parts/Panel";
import { mount } from "../parts/page";
import { language, query, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import "./login.css";

/** Only ever a page of ours: anything else in the address is ignored. */
function next(fallback: string): string {
  const asked = query.get("next") ?? "";
  return /^\/[a-z]*(\?[^#]*)?$/.test(asked) ? asked : fallback;
}

const PAGES = { gate: "/gate", booth: "/booth", wall: "/wall" } as const;

function Screen() {
  const t = words(login);
  const [way, setWay] = useState<"staff" | "device">(
    query.has("code") || query.get("tab") === "pair" ? "device" : "staff",
  );
  return (
    <>
      <TopBar title={t.title} />
      <main class="main sign-in">
        <Segments
          label={t.how}
          value={way}
          onChoose={setWay}
          choices={[
            { value: "staff", word: t.staff, icon: "person" },
            { value: "device", word: t.device, icon: "monitor" },
          ]}
        />
        <Panel>{way === "staff" ? <Staff /> : <Device />}</Panel>
      </main>
    </>
  );
}

function Refused({ problem }: { problem: Problem | null }) {
  return problem && <Notice tone="bad">{sentence(problem, language.value)}</Notice>;
}

function Staff() {
  const t = words(login);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function signIn(event: Event) {
    event.preventDefault();
    setBusy(true);
    const answer = await api.send<Session>("POST", "/api/session", { login: name, password });
    setBusy(false);
    if (answer.ok) location.assign(next("/"));
    else setProblem(answer.problem);
  }
  return (
    <form class="stack" onSubmit={signIn}>
      <p class="quiet">{t.staffUnder}</p>
      <Field
        label={t.login}
        value={name}
        onInput={setName}
        autoComplete="username"
        maxLength={200}
        autoFocus
      />
      <Field
        label={t.password}
        type="password"
        value={password}
        onInput={setPassword}
        autoComplete="current-password"
        maxLength={200}
      />
      <Refused problem={problem} />
      <Button type="submit" look="primary" big wide disabled={!name || !password} busy={busy}>
        {t.signIn}
      </Button>
    </form>
  );
}

function Device() {
  const t = words(login);
  const [code, setCode] = useState(query.get("code") ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const digits = code.replace(/\D/g, "").slice(0, 6);
  async function pair(event: Event) {
    event.preventDefault();
    setBusy(true);
    const answer = await api.send<Paired>("POST", "/api/pairings/claim", { code: digits });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    const { role, fair } = answer.value;
    location.assign(`${PAGES[role]}?${new URLSearchParams({ fair })}`);
  }
  return (
    <form class="stack pairing" onSubmit={pair}>
      <p class="quiet">{t.deviceUnder}</p>
      <Field
        label={t.code}
        value={digits}
        onInput={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        autoFocus
      />
      <Refused problem={problem} />
      <Button type="submit" look="primary" big wide disabled={digits.length < 6} busy={busy}>
        {t.pair}
      </Button>
    </form>
  );
}

void mount(Screen);
