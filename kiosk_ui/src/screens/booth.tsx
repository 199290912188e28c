/** The enterprise's desk: who signed up, who is next, what came of it. */

import { useMemo, useState } from "preact/hooks";
import { floor } from "../core/floor";
import { alsoKnow, sentence } from "../core/sentence";
import type { BoothTopic, FairTopic } from "../core/topics";
import { booth } from "../core/words/booth";
import { common } from "../core/words/everywhere";
import { floorProblems } from "../core/words/floorProblems";
import { Button } from "../parts/Button";
import { streamOf, useTopic } from "../parts/data";
import { Chip, Empty, Notice, Panel } from "../parts/Panel";
import { type Place, SignInHint, usePlace } from "../parts/Place";
import { mount } from "../parts/page";
import { language, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import { act, type Desk } from "./booth/desk";
import {
  AnswerDialog,
  type Ask,
  ConfirmDialog,
  IntentionDialog,
  OfferDialog,
  SignUpDialog,
  WithdrawDialog,
} from "./booth/dialogs";
import { BigQr, Day, Positions, QrPanel } from "./booth/Sides";
import { CurrentCard, DoneRow, LineRow } from "./booth/SignUpCard";
import "./booth/booth.css";

alsoKnow(floorProblems);

function BoothPage() {
  const t = words(booth);
  const { place, known } = usePlace("booth");
  if (!known) return <TopBar title={t.title} under={words(common).loading} />;
  if (place?.booth) return <DeskPage place={place} />;
  return (
    <>
      <TopBar title={t.title} />
      <main class="main narrow">
        <Panel title={t.notPaired}>
          <div class="stack">
            <p>{t.notPairedUnder}</p>
            <Button look="primary" icon="lock" href="/login?next=booth&tab=pair">
              {t.pair}
            </Button>
          </div>
        </Panel>
      </main>
    </>
  );
}

function DeskPage({ place }: { place: Place }) {
  const t = words(booth);
  const desk = useMemo<Desk>(() => ({ fair: place.fair.fair, booth: place.booth }), [place]);
  const stream = streamOf(desk.fair);
  const { rows, problem } = useTopic<BoothTopic>(stream, `booth/${desk.booth}`);
  const fair = useTopic<FairTopic>(stream, "fair");
  const [ask, setAsk] = useState<Ask | null>(null);
  const close = () => setAsk(null);
  return (
    <>
      <TopBar
        title={rows ? `${desk.booth} · ${rows.booth.now.name}` : `${t.title} ${desk.booth}`}
        under={place.fair.name}
        stream={stream}
      >
        {rows?.booth.now.checked_in && (
          <Chip tone="good" icon="check">
            {t.checkedIn}
          </Chip>
        )}
      </TopBar>
      {problem && (
        <main class="main narrow stack">
          <Notice tone="bad">{sentence(problem, language.value)}</Notice>
          <SignInHint />
        </main>
      )}
      {rows && <Queue desk={desk} rows={rows} ask={setAsk} />}
      {rows && ask && (
        <Asking
          desk={desk}
          rows={rows}
          ask={ask}
          consents={fair.rows?.consents ?? null}
          onClose={close}
        />
      )}
    </>
  );
}

function Queue({ desk, rows, ask }: { desk: Desk; rows: BoothTopic; ask: (ask: Ask) => void }) {
  const t = words(booth);
  const here = rows.booth.now;
  const { current, line, aside, done } = useMemo(() => floor(rows), [rows]);
  const live = here.phase === "live";
  return (
    <main class="desk">
      <div class="calling stack">
        {live && !here.checked_in && (
          <Notice tone="look">
            <div class="row">
              <span class="grow">{t.notHere}</span>
              <Button look="primary" icon="check" onPress={() => act(desk, "check-in-booth")}>
                {t.checkIn}
              </Button>
            </div>
          </Notice>
        )}
        {!live && <Notice tone="look">{t.notLive(words(common).phase[here.phase])}</Notice>}
        <Button
          look="primary"
          icon="bell"
          big
          wide
          disabled={!live || line.length === 0}
          onPress={() => act(desk, "call-next")}
        >
          {t.callNext}
          <span class="of">{t.callNextOf(line.length)}</span>
        </Button>
        <Panel title={t.current}>
          {current.length === 0 && <Empty icon="bell">{t.nobodyCurrent}</Empty>}
          <ul class="stack">
            {current.map((row) => (
              <CurrentCard key={row.sign_up} desk={desk} rows={rows} row={row} ask={ask} />
            ))}
          </ul>
        </Panel>
        <Panel title={t.results} class="results">
          {done.length === 0 && <Empty icon="handshake">{t.nobodyDone}</Empty>}
          <ul>
            {done.map((row) => (
              <DoneRow key={row.sign_up} desk={desk} rows={rows} row={row} ask={ask} />
            ))}
          </ul>
        </Panel>
      </div>
      <div class="lining stack">
        <Panel title={t.line} aside={<Chip tone="accent">{line.length}</Chip>}>
          {line.length === 0 && <Empty icon="people">{t.nobodyWaiting}</Empty>}
          <ol>
            {line.map((row, at) => (
              <LineRow key={row.sign_up} desk={desk} rows={rows} row={row} at={at} />
            ))}
          </ol>
        </Panel>
        {aside.length > 0 && (
          <Panel title={t.aside}>
            <ul>
              {aside.map((row) => (
                <LineRow key={row.sign_up} desk={desk} rows={rows} row={row} />
              ))}
            </ul>
          </Panel>
        )}
      </div>
      <aside class="stack">
        <QrPanel
          desk={desk}
          onBig={() => ask({ kind: "qr" })}
          onBadge={() => ask({ kind: "sign-up" })}
        />
        <Panel>
          <Day stats={rows.stats.now} />
        </Panel>
        <Positions rows={rows} />
      </aside>
    </main>
  );
}

function Asking(props: {
  desk: Desk;
  rows: BoothTopic;
  ask: Ask;
  consents: FairTopic["consents"] | null;
  onClose: () => void;
}) {
  const { desk, rows, ask, consents, onClose } = props;
  const shared = { desk, rows, onClose };
  switch (ask.kind) {
    case "intention":
      return <IntentionDialog {...shared} ask={ask} />;
    case "offer":
      return <OfferDialog {...shared} ask={ask} />;
    case "withdraw":
      return <WithdrawDialog {...shared} ask={ask} />;
    case "confirm":
      return <ConfirmDialog {...shared} ask={ask} />;
    case "answer":
      return <AnswerDialog {...shared} ask={ask} />;
    case "sign-up":
      return <SignUpDialog {...shared} ask={ask} consents={consents} />;
    case "qr":
      return <BigQr {...shared} />;
  }
}

void mount(BoothPage);
