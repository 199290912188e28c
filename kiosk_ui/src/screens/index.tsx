/** What is here: each fair with its screens, and who this browser is. */

import { useEffect, useState } from "preact/hooks";
import { days } from "../core/i18n";
import type { FairSummary } from "../core/server";
import { common } from "../core/words/everywhere";
import { index } from "../core/words/index";
import { Button } from "../parts/Button";
import { api, loadFairs, loadSession, principals } from "../parts/data";
import { Icon, type IconName } from "../parts/Icon";
import { Chip, Empty, Panel } from "../parts/Panel";
import { mount } from "../parts/page";
import { language, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import "./index.css";

const SCREENS = [
  { page: "me", icon: "person" },
  { page: "gate", icon: "door" },
  { page: "booth", icon: "briefcase" },
  { page: "wall", icon: "monitor" },
  { page: "console", icon: "chart" },
] as const satisfies readonly { page: string; icon: IconName }[];

function Screen() {
  const t = words(index);
  const c = words(common);
  const [fairs, setFairs] = useState<FairSummary[] | null>(null);
  useEffect(() => {
    void loadSession();
    void loadFairs().then(setFairs);
  }, []);
  const staff = principals.value?.find((who) => who.kind === "staff");
  async function signOut() {
    await api.send("DELETE", "/api/session?kind=staff");
    location.reload();
  }
  return (
    <>
      <TopBar title={t.title} under={t.under} home={false}>
        {staff && <Chip icon="person">{staff.name || staff.role}</Chip>}
        {staff ? (
          <Button icon="out" onPress={signOut}>
            {c.signOut}
          </Button>
        ) : (
          <Button icon="lock" href="/login">
            {c.signIn}
          </Button>
        )}
      </TopBar>
      <main class="main stack here">
        {fairs?.length === 0 && (
          <Empty icon="list">
            {t.none} {!staff && t.staffHint}
          </Empty>
        )}
        {fairs?.map((fair) => (
          <Fair key={fair.fair} fair={fair} />
        ))}
        <p class="row">
          {staff && fairs?.length === 0 && (
            <Button look="primary" href="/console">
              {t.console}
            </Button>
          )}
          <a href="/api/docs">{t.docs}</a>
        </p>
      </main>
    </>
  );
}

function Fair({ fair }: { fair: FairSummary }) {
  const t = words(index);
  const c = words(common);
  const under = {
    me: t.meUnder,
    gate: t.gateUnder,
    booth: t.boothUnder,
    wall: t.wallUnder,
    console: t.consoleUnder,
  };
  return (
    <Panel
      title={fair.name}
      aside={<Chip tone={fair.phase === "live" ? "good" : "plain"}>{c.phase[fair.phase]}</Chip>}
    >
      <p class="quiet">
        {c.fairKind[fair.kind]} · {fair.venue_name} ·{" "}
        {days(fair.starts_on, fair.ends_on, language.value)}
      </p>
      <nav class="doors" aria-label={fair.name}>
        {SCREENS.map(({ page, icon }) => (
          <a key={page} href={`/${page}?${new URLSearchParams({ fair: fair.fair })}`}>
            <Icon name={icon} />
            <strong>{t[page]}</strong>
            <span>{under[page]}</span>
          </a>
        ))}
      </nav>
    </Panel>
  );
}

void mount(Screen);
