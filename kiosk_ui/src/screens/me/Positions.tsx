/** What there is, by enterprise, and signing up for it. */

import { useMemo, useState } from "preact/hooks";
import { pay } from "../../core/i18n";
import { type Listed, stalls } from "../../core/stalls";
import type { FairTopic, MeTopic } from "../../core/topics";
import { common } from "../../core/words/everywhere";
import { me } from "../../core/words/me";
import { Button } from "../../parts/Button";
import { Consent } from "../../parts/Consent";
import { Dialog } from "../../parts/Dialog";
import { command } from "../../parts/data";
import { Chip, Empty, Notice } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { say } from "../../parts/Toasts";

export function Positions(props: {
  rows: FairTopic;
  mine: MeTopic | null;
  onSignUp: (booth: string, position: string) => void;
}) {
  const t = words(me);
  const [text, setText] = useState("");
  const found = useMemo(() => stalls(props.rows, text), [props.rows, text]);
  const mine = new Set(
    Object.values(props.mine?.sign_ups ?? {})
      .filter((row) => row.state !== "left" && row.state !== "done")
      .map((row) => row.booth),
  );
  const total = found.reduce((sum, stall) => sum + stall.positions.length, 0);
  return (
    <div class="stack">
      <input
        class="input"
        type="search"
        value={text}
        aria-label={t.searchPositions}
        placeholder={t.searchPositions}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="quiet" role="status">
        {found.length === 0 ? "" : t.positionsFound(total)}
      </p>
      {found.length === 0 && <Empty icon="search">{t.noPositions}</Empty>}
      {found.map((stall) => (
        <section key={stall.booth} class="panel stall">
          <header class="row">
            <span class="booth">{stall.booth}</span>
            <h2 class="grow">{stall.name}</h2>
          </header>
          <div class="body">
            <p class="row">
              {stall.here ? (
                <Chip tone="accent" icon="people">
                  {t.waiting(stall.waiting)}
                </Chip>
              ) : (
                <Chip icon="clock">{t.notHere}</Chip>
              )}
              {mine.has(stall.booth) && (
                <Chip tone="good" icon="check">
                  {t.signedUp}
                </Chip>
              )}
            </p>
            <ul>
              {stall.positions.map((position) => (
                <li key={position.position} class="position">
                  <PositionLine position={position} />
                  {!mine.has(stall.booth) && (
                    <Button
                      disabled={position.left <= 0}
                      onPress={() => props.onSignUp(stall.booth, position.position)}
                    >
                      {t.signUp}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </section>
      ))}
    </div>
  );
}

function PositionLine({ position }: { position: Listed }) {
  const t = words(me);
  const w = words(common);
  const levels: Record<number, string> = w.skillLevel;
  const level = position.level === null ? "" : levels[position.level];
  const about = [
    w.positionKind[position.position_kind],
    t.left(position.left),
    position.place,
    level ? t.skill(level) : "",
  ];
  return (
    <div class="grow">
      <strong>{position.title}</strong>
      <p class="pay">{pay(position.pay_min, position.pay_max, language.value)}</p>
      <p class="quiet">{about.filter(Boolean).join(" · ")}</p>
    </div>
  );
}

/** Signing up: which position, and the consent that names the enterprise. */
export function SignUpSheet(props: {
  fair: string;
  attendee: string;
  rows: FairTopic;
  booth: string;
  position: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = words(me);
  const { rows } = props;
  const [position, setPosition] = useState(props.position);
  const [agreed, setAgreed] = useState(false);
  const booth = rows.booths[props.booth];
  const consent = rows.consents.sign_up;
  const own = Object.entries(rows.positions).filter(([, row]) => row.booth === props.booth);
  const open = rows.fair.now.sign_up_open && booth?.checked_in === true;

  async function signUp() {
    if (!consent) return;
    const answer = await command(props.fair, "sign-up", {
      attendee: props.attendee,
      booth: props.booth,
      position,
      consent_version: consent.version,
    });
    if (!answer.ok) return;
    const ticket = answer.value.events.find((event) => event.kind === "signed_up")?.ticket;
    say(t.signUpDone(Number(ticket)), "good");
    props.onDone();
  }

  return (
    <Dialog
      title={booth ? t.sheetTitle(booth.name) : t.signUp}
      onClose={props.onClose}
      actions={
        <Button look="primary" big wide disabled={!open || !agreed || !consent} onPress={signUp}>
          {t.signUp}
        </Button>
      }
    >
      {!booth && <Notice tone="bad">{t.boothUnknown}</Notice>}
      {booth && !rows.fair.now.sign_up_open && <Notice tone="look">{t.signUpNotOpen}</Notice>}
      {booth && rows.fair.now.sign_up_open && !booth.checked_in && (
        <Notice tone="look">{t.signUpNotHere}</Notice>
      )}
      {booth && (
        <>
          <fieldset class="choices">
            <legend>{t.sheetPosition}</legend>
            {own.map(([id, row]) => (
              <label key={id} class="tick">
                <input
                  type="radio"
                  name="position"
                  checked={position === id}
                  disabled={row.left <= 0}
                  onChange={() => setPosition(id)}
                />
                <PositionLine position={{ ...row, position: id }} />
              </label>
            ))}
            <label class="tick">
              <input
                type="radio"
                name="position"
                checked={position === ""}
                onChange={() => setPosition("")}
              />
              <span>{words(common).anyPosition}</span>
            </label>
          </fieldset>
          <Consent
            title={t.sheetConsent}
            naming={t.consentFor(booth.name)}
            text={consent}
            agree={t.agree}
            checked={agreed}
            onChange={setAgreed}
          />
        </>
      )}
    </Dialog>
  );
}
