/** The hall's screen: a fixed canvas, scaled to whatever it hangs on. Nobody touches it for days, so it
 *  says when it is stale, takes a new version by itself, and keeps nothing that grows. */

import { useEffect, useState } from "preact/hooks";
import { clock, clockSeconds, count, pay } from "../core/i18n";
import type { FairSummary } from "../core/server";
import type { WallTopic } from "../core/topics";
import { common } from "../core/words/everywhere";
import { wall } from "../core/words/wall";
import { ChooseFair } from "../parts/ChooseFair";
import { loadFairs, loadSession, streamOf, useTopic } from "../parts/data";
import { Mark } from "../parts/Icon";
import { mount } from "../parts/page";
import { language, query, words } from "../parts/screen";
import { LanguageSwitch, TopBar, useFreshness } from "../parts/TopBar";
import { newVersionReloads, useScale } from "./wall/canvas";
import { Roll } from "./wall/Roll";
import "./wall/wall.css";

const THEMES = ["blue", "red", "dark"];
const asked = query.get("theme") ?? "";
document.documentElement.dataset.theme = THEMES.includes(asked) ? asked : "blue";

function Screen() {
  const [fairs, setFairs] = useState<FairSummary[] | null>(null);
  useEffect(() => {
    void Promise.all([loadSession(), loadFairs()]).then(([who, found]) => {
      const device = who.find((principal) => principal.kind === "device");
      const code = query.get("fair") ?? device?.fair ?? (found.length === 1 ? found[0]?.fair : "");
      setFairs(code ? found.filter((fair) => fair.fair === code) : found);
    });
    return newVersionReloads();
  }, []);
  const fair = fairs?.length === 1 ? fairs[0] : undefined;
  if (fair) return <Hall fair={fair} />;
  return (
    <>
      <TopBar title={words(common).product} />
      {fairs && <ChooseFair fairs={fairs} />}
    </>
  );
}

function Hall({ fair }: { fair: FairSummary }) {
  const stream = streamOf(fair.fair);
  const { rows } = useTopic<WallTopic>(stream, "wall");
  const { style, wide } = useScale();
  const stats = rows?.stats.now;
  return (
    <div class="canvas-room">
      <main class={wide ? "canvas wide" : "canvas"} style={style}>
        <header class="head">
          <Mark />
          <div class="names">
            <h1>{stats?.fair_name ?? fair.name}</h1>
            <p>{stats?.venue_name ?? fair.venue_name}</p>
          </div>
          <Now stream={stream} />
          <LanguageSwitch />
        </header>
        {rows && <Figures rows={rows} />}
        {rows && <Enterprises rows={rows} />}
        {rows && <Positions rows={rows} />}
        {rows && <Happenings rows={rows} />}
        {rows && <Arrivals rows={rows} />}
      </main>
    </div>
  );
}

/** The time, and beside it whether what hangs here is true now. */
function Now({ stream }: { stream: ReturnType<typeof streamOf> }) {
  const t = words(common);
  const { live, asOf } = useFreshness(stream);
  const [at, setAt] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setAt(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const stale = asOf ? t.asOf(clockSeconds(asOf, language.value)) : t.connecting;
  return (
    <p class="time" role="status">
      <strong>{clock(at, language.value)}</strong>
      <span class={live ? "fresh" : "stale"}>{live ? t.live : stale}</span>
    </p>
  );
}

function Figures({ rows }: { rows: WallTopic }) {
  const t = words(wall);
  const now = rows.stats.now;
  const small = [
    [t.inside, now.inside],
    [t.enterprises, now.enterprises],
    [t.positions, now.positions],
    [t.headcount, now.headcount],
    [t.signUps, now.sign_ups],
    [t.interviews, now.interviews],
    [t.offers, now.offers],
  ] as const;
  return (
    <>
      <section class="main-figure">
        <div>
          <h2>{t.visitors}</h2>
          <p class="huge">{count(now.visitors, language.value)}</p>
        </div>
        <dl class="pair">
          <div>
            <dt>{t.intentions}</dt>
            <dd>{count(now.intentions, language.value)}</dd>
          </div>
          <div>
            <dt>{t.accepted}</dt>
            <dd>{count(now.accepted, language.value)}</dd>
          </div>
        </dl>
      </section>
      <dl class="small-figures">
        {small.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(value, language.value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Enterprises({ rows }: { rows: WallTopic }) {
  const t = words(wall);
  const found = Object.values(rows.enterprises).sort((a, b) =>
    a.booth.localeCompare(b.booth, "en", { numeric: true }),
  );
  return (
    <section class="card enterprises">
      <h2>{t.enterprisesTitle}</h2>
      <Roll rowHeight={84} empty={t.nothing}>
        {found.map((enterprise) => (
          <div key={enterprise.booth} class="line">
            <b>{enterprise.booth}</b>
            <span class="grow">
              <strong>{enterprise.name}</strong>
              <small>{t.offered(enterprise.positions, enterprise.headcount)}</small>
            </span>
          </div>
        ))}
      </Roll>
    </section>
  );
}

function Positions({ rows }: { rows: WallTopic }) {
  const t = words(wall);
  const found = Object.values(rows.positions).filter((position) => position.left > 0);
  return (
    <section class="card positions">
      <h2>{t.positionsTitle}</h2>
      <Roll rowHeight={84} empty={t.nothing}>
        {found.map((position) => (
          <div key={position.position} class="line">
            <span class="grow">
              <strong>{position.title}</strong>
              <small>
                {position.booth} · {position.enterprise_name}
              </small>
            </span>
            <span class="right">
              <strong>{pay(position.pay_min, position.pay_max, language.value)}</strong>
              <small>{t.of(position.left, position.headcount)}</small>
            </span>
          </div>
        ))}
      </Roll>
    </section>
  );
}

const HAPPENINGS_SHOWN = 5;

function Happenings({ rows }: { rows: WallTopic }) {
  const t = words(wall);
  const latest = Object.entries(rows.happenings)
    .sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)))
    .slice(0, HAPPENINGS_SHOWN);
  return (
    <section class="card happenings" aria-live="off">
      <h2>{t.happeningsTitle}</h2>
      {latest.length === 0 && <p class="nothing">{t.nothing}</p>}
      <ol>
        {latest.map(([id, { at, what, who, enterprise_name, booth }]) => (
          <li key={id} class={what}>
            <time>{clock(at, language.value)}</time>
            <span>{t.happened[what](who || t.someone, enterprise_name, booth)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const QUARTERS_SHOWN = 24;

function Arrivals({ rows }: { rows: WallTopic }) {
  const t = words(wall);
  const quarters = Object.values(rows.arrivals)
    .sort((a, b) => a.from_at - b.from_at)
    .slice(-QUARTERS_SHOWN);
  const most = Math.max(1, ...quarters.map((quarter) => quarter.entries));
  return (
    <section class="card arrivals">
      <h2>{t.arrivalsTitle}</h2>
      <div class="bars">
        {quarters.map((quarter, at) => (
          <div key={quarter.from_at} class="bar">
            <span class="value">{quarter.entries}</span>
            <span class="fill" style={{ "--share": quarter.entries / most }} />
            <time class={at % 4 && quarters.length > 8 ? "unseen-time" : ""}>
              {clock(quarter.from_at, language.value)}
            </time>
          </div>
        ))}
      </div>
    </section>
  );
}

void mount(Screen);
