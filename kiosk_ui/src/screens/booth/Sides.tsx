/** Beside the queue: the code to sign up with, the positions, the day so far. */

import { pay } from "../../core/i18n";
import type { BoothTopic } from "../../core/topics";
import { booth } from "../../core/words/booth";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { useModal } from "../../parts/Dialog";
import { Chip, Empty, Meter, Panel, Stat } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { LanguageSwitch } from "../../parts/TopBar";
import type { Desk } from "./desk";

function Qr({ desk }: { desk: Desk }) {
  return (
    <img
      class="qr"
      src={`/api/fairs/${desk.fair}/booths/${desk.booth}/qr.svg`}
      alt={words(booth).qrAlt(desk.booth)}
      width="320"
      height="320"
    />
  );
}

export function QrPanel(props: { desk: Desk; onBig: () => void; onBadge: () => void }) {
  const t = words(booth);
  return (
    <Panel title={t.qrTitle} class="qr-panel">
      <Qr desk={props.desk} />
      <p class="quiet">{t.qrUnder}</p>
      <div class="row">
        <Button icon="monitor" onPress={props.onBig}>
          {t.qrBig}
        </Button>
        <Button icon="badge" onPress={props.onBadge}>
          {t.signUpByBadge}
        </Button>
      </div>
    </Panel>
  );
}

/** The whole screen, turned towards the people: the code, and how long the line is. */
export function BigQr(props: { desk: Desk; rows: BoothTopic; onClose: () => void }) {
  const t = words(booth);
  const dialog = useModal();
  const { rows } = props;
  const ticket = Object.values(rows.queue)
    .filter((row) => row.state === "called" || row.state === "interviewing")
    .sort((a, b) => b.called_at - a.called_at)[0]?.ticket;
  return (
    <dialog
      ref={dialog}
      class="whole-screen big-qr"
      aria-label={t.qrTitle}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div class="row">
        <span class="grow" />
        <LanguageSwitch />
        <Button icon="cross" onPress={props.onClose}>
          {words(common).close}
        </Button>
      </div>
      <div class="big-qr-body">
        <div class="stack">
          <p class="code">{props.desk.booth}</p>
          <h1 tabIndex={-1}>{rows.booth.now.name}</h1>
          <ul class="stack">
            {Object.entries(rows.positions).map(([id, position]) => (
              <li key={id}>
                {position.title}
                <span class="quiet">
                  {" "}
                  {pay(position.pay_min, position.pay_max, language.value)}
                </span>
              </li>
            ))}
          </ul>
        </div>
        <div class="big-qr-code">
          <Qr desk={props.desk} />
          <p>{t.qrUnder}</p>
          <div class="stats">
            {ticket !== undefined && <Stat big label={t.current} value={t.ticket(ticket)} />}
            <Stat big label={t.waiting} value={rows.stats.now.waiting} />
          </div>
        </div>
      </div>
    </dialog>
  );
}

export function Positions({ rows }: { rows: BoothTopic }) {
  const t = words(booth);
  const positions = Object.entries(rows.positions);
  return (
    <Panel title={t.positions} class="positions">
      {positions.length === 0 && <Empty icon="briefcase">{t.noPositions}</Empty>}
      <ul class="stack">
        {positions.map(([id, position]) => (
          <li key={id}>
            <div class="row">
              <strong class="grow">{position.title}</strong>
              {position.left > 0 ? (
                <span>{t.left(position.left, position.headcount)}</span>
              ) : (
                <Chip tone="good" icon="check">
                  {t.filled}
                </Chip>
              )}
            </div>
            <Meter value={position.accepted} of={position.headcount} />
            <p class="quiet">
              {words(common).positionKind[position.position_kind]} ·{" "}
              {pay(position.pay_min, position.pay_max, language.value)}
              {position.offered > 0 && ` · ${t.offers(position.offered)}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Day({ stats }: { stats: BoothTopic["stats"]["now"] }) {
  const t = words(booth);
  return (
    <div class="stats day">
      <Stat label={t.signUps} value={stats.sign_ups} />
      <Stat label={t.waiting} value={stats.waiting} />
      <Stat label={t.done} value={stats.done} />
      <Stat label={t.offersMade} value={stats.offers} />
      <Stat label={t.accepted} value={stats.accepted} />
    </div>
  );
}
