/** The booth's questions: an intention, an offer, and whatever the seeker does with his badge. */

import { useState } from "preact/hooks";
import { dayAndClock, pay } from "../../core/i18n";
import type { BoothSignUp, BoothTopic, FairTopic } from "../../core/topics";
import { booth } from "../../core/words/booth";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { Consent } from "../../parts/Consent";
import { Dialog } from "../../parts/Dialog";
import { Field, Select } from "../../parts/Field";
import { Notice } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { say } from "../../parts/Toasts";
import { act, actByBadge, type Desk } from "./desk";

/** What is being asked. */
export type Ask =
  | { kind: "intention"; row: BoothSignUp }
  | { kind: "offer"; row: BoothSignUp }
  | { kind: "withdraw"; offer: string }
  | { kind: "confirm"; row: BoothSignUp; intention: string }
  | { kind: "answer"; row: BoothSignUp; offer: string }
  | { kind: "sign-up" }
  | { kind: "qr" };

interface AskProps<K extends Ask["kind"]> {
  desk: Desk;
  rows: BoothTopic;
  ask: Extract<Ask, { kind: K }>;
  onClose: () => void;
}

function Cancel({ onClose }: { onClose: () => void }) {
  return <Button onPress={onClose}>{words(common).cancel}</Button>;
}

function choices(rows: BoothTopic) {
  const t = words(booth);
  return Object.entries(rows.positions).map(([id, position]) => ({
    value: id,
    word: `${position.title} · ${position.left > 0 ? t.left(position.left, position.headcount) : t.filled}`,
  }));
}

/** The position signed up for, else the first that still has room. */
function firstChoice(rows: BoothTopic, row: BoothSignUp): string {
  if (rows.positions[row.position]) return row.position;
  const open = Object.entries(rows.positions).find(([, position]) => position.left > 0);
  return open?.[0] ?? Object.keys(rows.positions)[0] ?? "";
}

export function IntentionDialog({ desk, rows, ask, onClose }: AskProps<"intention">) {
  const t = words(booth);
  const [position, setPosition] = useState(firstChoice(rows, ask.row));
  async function record() {
    const answer = await act(desk, "record-intention", { sign_up: ask.row.sign_up, position });
    if (answer.ok) onClose();
  }
  return (
    <Dialog
      title={t.intentionTitle(ask.row.name)}
      onClose={onClose}
      actions={
        <>
          <Cancel onClose={onClose} />
          <Button look="primary" icon="handshake" disabled={!position} onPress={record}>
            {t.intention}
          </Button>
        </>
      }
    >
      <p>{t.intentionUnder}</p>
      <Select label={t.position} value={position} choices={choices(rows)} onChoose={setPosition} />
    </Dialog>
  );
}

export function OfferDialog({ desk, rows, ask, onClose }: AskProps<"offer">) {
  const t = words(booth);
  const [position, setPosition] = useState(firstChoice(rows, ask.row));
  const [paid, setPaid] = useState("");
  const [terms, setTerms] = useState("");
  const chosen = rows.positions[position];
  const yuan = paid.trim() === "" ? 0 : Number(paid);
  const fine = Number.isInteger(yuan) && yuan >= 0 && yuan <= 10_000_000;
  const endsAt = rows.booth.now.ends_at;
  async function make() {
    const answer = await act(desk, "make-offer", {
      sign_up: ask.row.sign_up,
      position,
      pay: yuan,
      terms: terms.trim(),
      valid_until_at: 0,
    });
    if (answer.ok) onClose();
  }
  return (
    <Dialog
      title={t.offerTitle(ask.row.name)}
      onClose={onClose}
      actions={
        <>
          <Cancel onClose={onClose} />
          <Button
            look="primary"
            icon="offer"
            disabled={!chosen || chosen.left <= 0 || !fine}
            onPress={make}
          >
            {t.sendOffer}
          </Button>
        </>
      }
    >
      <Select label={t.position} value={position} choices={choices(rows)} onChoose={setPosition} />
      {chosen && chosen.left <= 0 && <Notice tone="look">{t.filled}</Notice>}
      <Field
        label={t.pay}
        hint={
          chosen?.pay_min || chosen?.pay_max
            ? `${pay(chosen.pay_min, chosen.pay_max, language.value)} · ${t.payHint}`
            : t.payHint
        }
        value={paid}
        onInput={setPaid}
        type="number"
        inputMode="numeric"
        min={0}
      />
      <Field label={t.terms} hint={t.termsHint} value={terms} onInput={setTerms} maxLength={200} />
      <p class="quiet">{t.until(dayAndClock(endsAt, language.value))}</p>
    </Dialog>
  );
}

export function WithdrawDialog({ desk, ask, onClose }: AskProps<"withdraw">) {
  const t = words(booth);
  const [reason, setReason] = useState("");
  async function withdraw() {
    const answer = await act(desk, "withdraw-offer", { offer: ask.offer, reason: reason.trim() });
    if (answer.ok) onClose();
  }
  return (
    <Dialog
      title={t.withdrawOfferTitle}
      onClose={onClose}
      actions={
        <>
          <Cancel onClose={onClose} />
          <Button look="danger" disabled={!reason.trim()} onPress={withdraw}>
            {t.withdrawOffer}
          </Button>
        </>
      }
    >
      <Field label={t.reason} value={reason} onInput={setReason} maxLength={200} autoFocus />
    </Dialog>
  );
}

function BadgeField(props: { value: string; onInput: (value: string) => void }) {
  const t = words(booth);
  return (
    <Field
      label={t.badge}
      hint={t.badgeHint}
      value={props.value}
      onInput={props.onInput}
      autoComplete="off"
      maxLength={400}
      autoFocus
    />
  );
}

export function ConfirmDialog({ desk, rows, ask, onClose }: AskProps<"confirm">) {
  const t = words(booth);
  const [badge, setBadge] = useState("");
  async function confirm() {
    const fields = { intention: ask.intention, badge: badge.trim() };
    const answer = await actByBadge(desk, "confirm-intention", fields);
    if (!answer.ok) return;
    say(t.confirmed, "good");
    onClose();
  }
  return (
    <Dialog
      title={t.confirmIntention}
      onClose={onClose}
      onSubmit={confirm}
      actions={
        <>
          <Cancel onClose={onClose} />
          <Button look="primary" icon="check" type="submit" disabled={!badge.trim()}>
            {t.confirmIntention}
          </Button>
        </>
      }
    >
      <p>
        {ask.row.name} · {rows.intentions[ask.intention]?.title}
      </p>
      <p>{t.scanBadge}</p>
      <BadgeField value={badge} onInput={setBadge} />
    </Dialog>
  );
}

/** Two ways to answer, so Enter after the badge does neither: the seeker points at one. */
export function AnswerDialog({ desk, rows, ask, onClose }: AskProps<"answer">) {
  const t = words(booth);
  const [badge, setBadge] = useState("");
  const offer = rows.offers[ask.offer];
  async function answerWith(name: "accept-offer" | "decline-offer") {
    const answer = await actByBadge(desk, name, { offer: ask.offer, badge: badge.trim() });
    if (!answer.ok) return;
    say(t.confirmed, "good");
    onClose();
  }
  return (
    <Dialog
      title={t.scanBadge}
      onClose={onClose}
      onSubmit={() => {}}
      actions={
        <>
          <Button icon="cross" disabled={!badge.trim()} onPress={() => answerWith("decline-offer")}>
            {t.decline}
          </Button>
          <Button
            look="primary"
            icon="check"
            disabled={!badge.trim()}
            onPress={() => answerWith("accept-offer")}
          >
            {t.accept}
          </Button>
        </>
      }
    >
      {offer && (
        <Notice tone="accent" icon="offer">
          <strong>
            {ask.row.name} · {offer.title}
          </strong>
          <p>
            {pay(offer.pay, offer.pay, language.value)}
            {offer.terms && ` · ${offer.terms}`}
          </p>
        </Notice>
      )}
      <BadgeField value={badge} onInput={setBadge} />
    </Dialog>
  );
}

export function SignUpDialog(
  props: AskProps<"sign-up"> & { consents: FairTopic["consents"] | null },
) {
  const t = words(booth);
  const { desk, rows, onClose } = props;
  const [badge, setBadge] = useState("");
  const [position, setPosition] = useState("");
  const [agreed, setAgreed] = useState(false);
  const consent = props.consents?.sign_up;
  const ready = badge.trim() !== "" && agreed && consent !== undefined;
  async function signUp() {
    if (!ready) return;
    const answer = await actByBadge(desk, "sign-up", {
      booth: desk.booth,
      position,
      badge: badge.trim(),
      consent_version: consent.version,
    });
    if (!answer.ok) return;
    const ticket = answer.value.events.find((event) => event.kind === "signed_up")?.ticket;
    say(t.signedUp(Number(ticket)), "good");
    onClose();
  }
  return (
    <Dialog
      title={t.signUpByBadge}
      onClose={onClose}
      onSubmit={signUp}
      actions={
        <>
          <Cancel onClose={onClose} />
          <Button look="primary" icon="check" type="submit" disabled={!ready}>
            {t.signUp}
          </Button>
        </>
      }
    >
      <BadgeField value={badge} onInput={setBadge} />
      <Select
        label={t.position}
        value={position}
        choices={[{ value: "", word: words(common).anyPosition }, ...choices(rows)]}
        onChoose={setPosition}
      />
      <Consent
        title={t.consentTitle}
        naming={t.consentFor(rows.booth.now.name)}
        text={consent}
        agree={t.agreed}
        checked={agreed}
        onChange={setAgreed}
      />
    </Dialog>
  );
}
