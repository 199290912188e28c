/** My places in lines, my offers, my intentions. */

import { useEffect, useState } from "preact/hooks";
import { feel } from "../../core/feedback";
import { dayAndClock, pay } from "../../core/i18n";
import type { MeTopic, MyOffer, MySignUp } from "../../core/topics";
import { common } from "../../core/words/everywhere";
import { me } from "../../core/words/me";
import { Button } from "../../parts/Button";
import { Dialog, useModal } from "../../parts/Dialog";
import { Chip, Empty, Notice, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { type Act, known } from "./mine";

export function Queues({ rows, act, onPositions }: QueuesProps) {
  const t = words(me);
  const signUps = known(rows.sign_ups, "sign_up").sort((a, b) => rank(a) - rank(b));
  const open = signUps.filter((row) => row.state !== "left" && row.state !== "done");
  const past = signUps.filter((row) => row.state === "left" || row.state === "done");
  const offers = known(rows.offers, "offer").sort((a, b) => b.made_at - a.made_at);
  const intentions = known(rows.intentions, "intention");
  return (
    <div class="stack">
      {offers.length > 0 && (
        <Panel title={t.offersTitle}>
          <ul class="stack">
            {offers.map((offer) => (
              <OfferCard key={offer.offer} offer={offer} act={act} />
            ))}
          </ul>
        </Panel>
      )}
      {intentions.some((row) => !row.confirmed_at) && (
        <Panel title={t.intentionsTitle}>
          <p>{t.intentionUnder}</p>
          <ul class="stack">
            {intentions.map((row) => (
              <li key={row.intention} class="row">
                <strong class="grow">{t.offerFrom(row.enterprise_name, row.title)}</strong>
                {row.confirmed_at ? (
                  <Chip tone="good" icon="check">
                    {t.confirmed}
                  </Chip>
                ) : (
                  <Button
                    look="primary"
                    icon="handshake"
                    onPress={() => act("confirm-intention", { intention: row.intention })}
                  >
                    {t.confirmIntention}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {open.length === 0 && (
        <Panel>
          <Empty icon="people">{t.noSignUps}</Empty>
          <Button look="primary" icon="briefcase" wide onPress={onPositions}>
            {t.toPositions}
          </Button>
        </Panel>
      )}
      {open.map((row) => (
        <SignUpCard key={row.sign_up} row={row} act={act} />
      ))}
      {past.length > 0 && (
        <Panel title={t.past}>
          <ul>
            {past.map((row) => (
              <li key={row.sign_up} class="past">
                <span class="grow">
                  {row.enterprise_name}
                  <span class="quiet"> {row.title}</span>
                </span>
                <Chip>{words(common).signUpState[row.state]}</Chip>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

interface QueuesProps {
  rows: MeTopic;
  act: Act;
  onPositions: () => void;
}

const ORDER = ["called", "interviewing", "waiting", "held", "no_show", "done", "left"];

function rank(row: MySignUp): number {
  return ORDER.indexOf(row.state) * 100_000 + Math.max(0, row.ahead);
}

function SignUpCard({ row, act }: { row: MySignUp; act: Act }) {
  const t = words(me);
  const [leaving, setLeaving] = useState(false);
  const fields = { sign_up: row.sign_up };
  return (
    <section class={`panel sign-up ${row.state}`}>
      <div class="body">
        <div class="row">
          <div class="grow">
            <h2>{row.enterprise_name}</h2>
            <p class="quiet">{row.title || words(common).anyPosition}</p>
          </div>
          <span class="booth">{row.booth}</span>
        </div>
        <Place row={row} />
        <div class="row">
          {(row.state === "held" || row.state === "no_show") && (
            <Button look="primary" icon="refresh" onPress={() => act("rejoin-queue", fields)}>
              {t.rejoin}
            </Button>
          )}
          {row.state !== "interviewing" && (
            <Button look="bare" onPress={() => setLeaving(true)}>
              {t.leave}
            </Button>
          )}
        </div>
      </div>
      {leaving && (
        <Dialog
          title={t.leaveTitle}
          onClose={() => setLeaving(false)}
          actions={
            <>
              <Button onPress={() => setLeaving(false)}>{words(common).back}</Button>
              <Button
                look="danger"
                onPress={async () => {
                  if (await act("withdraw-sign-up", fields)) setLeaving(false);
                }}
              >
                {t.leave}
              </Button>
            </>
          }
        >
          <p>{t.leaveUnder(row.enterprise_name)}</p>
        </Dialog>
      )}
    </section>
  );
}

/** Where I stand: the one thing people look for, in large type. */
function Place({ row }: { row: MySignUp }) {
  const t = words(me);
  switch (row.state) {
    case "waiting":
      return (
        <div class="place">
          <div>
            <span class="quiet">{row.ahead === 0 ? t.nextIsYou : t.aheadShort}</span>
            <strong>{row.ahead === 0 ? "" : words(common).people(row.ahead)}</strong>
          </div>
          <div>
            <span class="quiet">{words(common).signUpState.waiting}</span>
            <strong>{t.ticket(row.ticket)}</strong>
          </div>
        </div>
      );
    case "called":
      return (
        <Notice tone="look" icon="bell">
          <strong>
            {t.calledGo(row.booth)} · {t.ticket(row.ticket)}
          </strong>
        </Notice>
      );
    case "interviewing":
      return (
        <Notice tone="good" icon="people">
          {t.interviewingUnder}
        </Notice>
      );
    case "held":
      return <Notice tone="look">{t.heldUnder}</Notice>;
    case "no_show":
      return <Notice tone="look">{t.noShowUnder}</Notice>;
    default:
      return null;
  }
}

function OfferCard({ offer, act }: { offer: MyOffer; act: Act }) {
  const t = words(me);
  const [asked, setAsked] = useState<"accept-offer" | "decline-offer" | null>(null);
  const accepting = asked === "accept-offer";
  const details = (
    <>
      <strong>{t.offerFrom(offer.enterprise_name, offer.title)}</strong>
      <p>
        {pay(offer.pay, offer.pay, language.value)}
        {offer.terms && ` · ${offer.terms}`}
      </p>
    </>
  );
  if (offer.state !== "made") {
    return (
      <li class="row">
        <div class="grow">{details}</div>
        <Chip
          tone={offer.state === "accepted" ? "good" : "plain"}
          icon={offer.state === "accepted" ? "check" : "clock"}
        >
          {words(common).offerState[offer.state]}
        </Chip>
      </li>
    );
  }
  return (
    <li>
      <Notice tone="accent" icon="offer">
        {details}
        <p class="quiet">{t.offerUntil(dayAndClock(offer.valid_until_at, language.value))}</p>
        <div class="row">
          <Button look="primary" icon="check" onPress={() => setAsked("accept-offer")}>
            {t.accept}
          </Button>
          <Button onPress={() => setAsked("decline-offer")}>{t.decline}</Button>
        </div>
      </Notice>
      {asked && (
        <Dialog
          title={accepting ? t.acceptTitle : t.declineTitle}
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button onPress={() => setAsked(null)}>{words(common).back}</Button>
              <Button
                look={accepting ? "primary" : "danger"}
                onPress={async () => {
                  if (await act(asked, { offer: offer.offer })) setAsked(null);
                }}
              >
                {accepting ? t.accept : t.decline}
              </Button>
            </>
          }
        >
          {details}
        </Dialog>
      )}
    </li>
  );
}

/** The whole screen when one is called: sound, shake, number, booth. Once for each call. */
export function Call({ rows }: { rows: MeTopic }) {
  const called = Object.entries(rows.sign_ups).find(([, row]) => row.state === "called");
  const call = called ? `${called[0]}.${called[1].recalls}.${called[1].called_at}` : "";
  const [seen, setSeen] = useState("");
  useEffect(() => {
    if (call) feel("call");
  }, [call]);
  const row = called?.[1];
  if (!row || seen === call) return null;
  return <CallScreen key={call} row={row} onSeen={() => setSeen(call)} />;
}

function CallScreen({ row, onSeen }: { row: MySignUp; onSeen: () => void }) {
  const t = words(me);
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      class="whole-screen call"
      role="alertdialog"
      aria-label={t.calledTitle}
      onClose={onSeen}
    >
      <p class="turn">{row.recalls > 0 ? t.calledAgain : t.calledTitle}</p>
      <p class="go" tabIndex={-1}>
        {t.calledGo(row.booth)}
      </p>
      <p class="number">{t.calledTicket(row.ticket)}</p>
      <p class="whom">{row.enterprise_name}</p>
      <Button big wide onPress={onSeen}>
        {t.onMyWay}
      </Button>
    </dialog>
  );
}
