/** The seeker's own page: register, the badge, where one stands, what there is, offers. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { alsoKnow, sentence } from "../core/sentence";
import type { FairSummary, Principal } from "../core/server";
import { Settings } from "../core/settings";
import type { FairTopic, MeTopic } from "../core/topics";
import { entryProblems } from "../core/words/entryProblems";
import { common } from "../core/words/everywhere";
import { floorProblems } from "../core/words/floorProblems";
import { me } from "../core/words/me";
import { loadFairs, loadSession, streamOf, useTopic } from "../parts/data";
import { Icon, type IconName } from "../parts/Icon";
import { Empty, Notice } from "../parts/Panel";
import { mount } from "../parts/page";
import { language, query, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import { Badge, MyData } from "./me/Badge";
import { actor } from "./me/mine";
import { Positions, SignUpSheet } from "./me/Positions";
import { Call, Queues } from "./me/Queues";
import { FairCard, Register } from "./me/Register";
import "./me/me.css";

alsoKnow(entryProblems, floorProblems);

/** The booth whose code was scanned, kept across registering. */
const scanned = new Settings("me", "scanned");

interface Start {
  fairs: readonly FairSummary[];
  badge: Principal | null;
}

function MePage() {
  const t = words(me);
  const [start, setStart] = useState<Start | null>(null);
  useEffect(() => {
    void Promise.all([loadSession(), loadFairs()]).then(([who, fairs]) => {
      setStart({ fairs, badge: who.find((one) => one.kind === "badge") ?? null });
    });
  }, []);
  if (!start) return <TopBar title={t.title} under={words(common).loading} typeSwitch />;

  const code = query.get("fair") ?? start.badge?.fair;
  const fair = start.fairs.find((found) => found.fair === code);
  const booth = query.get("booth");
  if (booth && fair) scanned.set("booth", `${fair.fair}/${booth}`);
  if (!fair) return <ChooseFair fairs={start.fairs} />;
  if (start.badge?.fair === fair.fair) return <MyFair fair={fair} badge={start.badge} />;
  return <Newcomer fair={fair} />;
}

function ChooseFair({ fairs }: { fairs: readonly FairSummary[] }) {
  const t = words(me);
  const open = fairs.filter((fair) => fair.phase === "registration" || fair.phase === "live");
  return (
    <>
      <TopBar title={t.title} typeSwitch home={false} />
      <main class="main narrow stack">
        {query.get("link") === "invalid" && <Notice tone="bad">{t.linkInvalid}</Notice>}
        <h1>{t.chooseFair}</h1>
        {open.length === 0 && <Empty icon="list">{t.noFairs}</Empty>}
        {open.map((fair) => (
          <a key={fair.fair} class="fair-link" href={`/me?fair=${fair.fair}`}>
            <FairCard fair={fair} />
          </a>
        ))}
      </main>
    </>
  );
}

function Newcomer({ fair }: { fair: FairSummary }) {
  const stream = streamOf(fair.fair);
  const { rows } = useTopic<FairTopic>(stream, "fair");
  return (
    <>
      <TopBar title={words(me).title} under={fair.name} typeSwitch home={false} />
      <Register fair={fair} rows={rows} />
    </>
  );
}

type Tab = "queue" | "positions" | "badge";

function MyFair({ fair, badge }: { fair: FairSummary; badge: Principal }) {
  const t = words(me);
  const stream = streamOf(fair.fair);
  const mine = useTopic<MeTopic>(stream, `me/${badge.attendee}`);
  const there = useTopic<FairTopic>(stream, "fair");
  const act = useMemo(() => actor(fair.fair, badge.attendee), [fair, badge]);
  const [tab, setTab] = useState<Tab>("queue");
  const [sheet, setSheet] = useState(() => takeScanned(fair.fair));
  const now = mine.rows?.me.now;

  return (
    <>
      <TopBar title={t.title} under={fair.name} stream={stream} typeSwitch home={false} />
      <main class="main narrow stack my-fair">
        {mine.problem && <Notice tone="bad">{sentence(mine.problem, language.value)}</Notice>}
        {now?.erased && <Notice tone="look">{t.erased}</Notice>}
        {now && !now.erased && tab === "queue" && (
          <>
            <h1>{t.hello(now.name)}</h1>
            {mine.rows && (
              <Queues rows={mine.rows} act={act} onPositions={() => setTab("positions")} />
            )}
          </>
        )}
        {there.rows && tab === "positions" && (
          <Positions
            rows={there.rows}
            mine={mine.rows}
            onSignUp={(booth, position) => setSheet({ booth, position })}
          />
        )}
        {now && !now.erased && tab === "badge" && (
          <>
            <Badge mine={now} />
            <MyData mine={now} act={act} />
          </>
        )}
      </main>
      <TabBar tab={tab} onTab={setTab} />
      {sheet && there.rows && (
        <SignUpSheet
          fair={fair.fair}
          attendee={badge.attendee}
          rows={there.rows}
          booth={sheet.booth}
          position={sheet.position}
          onDone={() => {
            setSheet(null);
            setTab("queue");
          }}
          onClose={() => setSheet(null)}
        />
      )}
      {mine.rows && <Call rows={mine.rows} />}
    </>
  );
}

/** The booth scanned before this page came to be, once. */
function takeScanned(fair: string): { booth: string; position: string } | null {
  const [of, booth] = (scanned.get("booth") ?? "").split("/");
  scanned.set("booth", "");
  return of === fair && booth ? { booth, position: "" } : null;
}

const TABS: { tab: Tab; icon: IconName }[] = [
  { tab: "queue", icon: "people" },
  { tab: "positions", icon: "briefcase" },
  { tab: "badge", icon: "badge" },
];

function TabBar({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const t = words(me);
  const names = { queue: t.tabQueue, positions: t.tabPositions, badge: t.tabBadge };
  return (
    <nav class="tab-bar" aria-label={t.sections}>
      {TABS.map((one) => (
        <button
          key={one.tab}
          type="button"
          aria-current={one.tab === tab ? "page" : undefined}
          onClick={() => {
            onTab(one.tab);
            scrollTo(0, 0);
          }}
        >
          <Icon name={one.icon} />
          {names[one.tab]}
        </button>
      ))}
    </nav>
  );
}

void mount(MePage);
