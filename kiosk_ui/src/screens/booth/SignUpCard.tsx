/** Somebody at the booth: number, name, what for, and what can be done next. */

import type { ComponentChildren } from "preact";
import { pay } from "../../core/i18n";
import type { BoothOffer, BoothSignUp, BoothTopic } from "../../core/topics";
import { booth } from "../../core/words/booth";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { minutesSince } from "../../parts/now";
import { Chip, type Tone } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { act, type Desk, RECALLS_MAX } from "./desk";
import type { Ask } from "./dialogs";

interface CardProps {
  desk: Desk;
  rows: BoothTopic;
  row: BoothSignUp;
  ask: (ask: Ask) => void;
}

function Who({ rows, row }: { rows: BoothTopic; row: BoothSignUp }) {
  const t = words(booth);
  const title = rows.positions[row.position]?.title;
  return (
    <div class="who">
      <strong>{row.name || t.withdrawn}</strong>
      <span class="quiet">
        {[title ?? words(common).anyPosition, row.looking_for].filter(Boolean).join(" · ")}
      </span>
    </div>
  );
}

/** Called, or in the chair. */
export function CurrentCard({ desk, rows, row, ask }: CardProps) {
  const t = words(booth);
  const fields = { sign_up: row.sign_up };
  const recallsLeft = RECALLS_MAX - row.recalls;
  const called = row.state === "called";
  return (
    <li class={`current ${row.state}`}>
      <div class="row">
        <span class="ticket">{row.ticket}</span>
        <Who rows={rows} row={row} />
        <Chip tone={called ? "look" : "good"} icon={called ? "bell" : "people"}>
          {called ? t.calledFor(minutesSince(row.called_at)) : words(common).signUpState[row.state]}
        </Chip>
      </div>
      <div class="actions">
        {called ? (
          <>
            <Button look="primary" icon="play" onPress={() => act(desk, "start-interview", fields)}>
              {t.start}
            </Button>
            <Button
              icon="bell"
              disabled={recallsLeft <= 0}
              onPress={() => act(desk, "recall", fields)}
            >
              {recallsLeft > 0 ? t.recall(recallsLeft) : t.recallDone}
            </Button>
            <Button icon="pause" onPress={() => act(desk, "hold", fields)}>
              {t.hold}
            </Button>
            <Button icon="away" onPress={() => act(desk, "mark-no-show", fields)}>
              {t.noShow}
            </Button>
          </>
        ) : (
          <>
            <Outcome desk={desk} rows={rows} row={row} ask={ask} />
            <Button look="primary" icon="check" onPress={() => act(desk, "end-interview", fields)}>
              {t.end}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

/** Somebody in the line, or set aside. */
export function LineRow({ desk, rows, row, at }: Omit<CardProps, "ask"> & { at?: number }) {
  const t = words(booth);
  const fields = { sign_up: row.sign_up };
  return (
    <li class="in-line">
      <span class={at === 0 ? "ticket next" : "ticket"}>{row.ticket}</span>
      <Who rows={rows} row={row} />
      {row.busy_elsewhere && (
        <Chip tone="look" icon="clock">
          {t.busyElsewhere}
        </Chip>
      )}
      {row.state !== "waiting" && <Chip>{words(common).signUpState[row.state]}</Chip>}
      <span class="tools">
        {row.state === "waiting" && (
          <Button
            look="bare"
            label={`${t.hold}: ${t.ticket(row.ticket)}`}
            onPress={() => act(desk, "hold", fields)}
          >
            {t.hold}
          </Button>
        )}
        {row.state === "held" && (
          <Button
            look="bare"
            label={`${t.noShow}: ${t.ticket(row.ticket)}`}
            onPress={() => act(desk, "mark-no-show", fields)}
          >
            {t.noShow}
          </Button>
        )}
        <Button
          look="bare"
          label={`${t.startShort}: ${t.ticket(row.ticket)}`}
          disabled={row.busy_elsewhere}
          onPress={() => act(desk, "start-interview", fields)}
        >
          {t.startShort}
        </Button>
      </span>
    </li>
  );
}

/** Interviewed: what came of it. */
export function DoneRow(props: CardProps) {
  const { rows, row } = props;
  return (
    <li class="in-line done">
      <span class="ticket">{row.ticket}</span>
      <Who rows={rows} row={row} />
      <Outcome {...props} />
    </li>
  );
}

const OFFER_TONES: Record<BoothOffer["state"], Tone> = {
  made: "look",
  accepted: "good",
  declined: "plain",
  withdrawn: "plain",
  expired: "plain",
};

function Outcome({ rows, row, ask }: CardProps): ComponentChildren {
  const t = words(booth);
  const intention = rows.intentions[row.intention];
  const offer = rows.offers[row.offer];
  const open = offer?.state === "made" || offer?.state === "accepted";
  if (row.state === "left") return null;
  return (
    <>
      <div class="outcome">
        {intention && (
          <Chip tone={intention.confirmed_at ? "good" : "look"} icon="handshake">
            {intention.confirmed_at ? t.intentionConfirmed : t.intended}
          </Chip>
        )}
        {intention && !intention.confirmed_at && (
          <Button
            icon="badge"
            onPress={() => ask({ kind: "confirm", row, intention: row.intention })}
          >
            {t.byBadge}
          </Button>
        )}
        {!intention && (
          <Button icon="handshake" onPress={() => ask({ kind: "intention", row })}>
            {t.intention}
          </Button>
        )}
        {!offer && <OfferButton row={row} ask={ask} />}
      </div>
      {offer && (
        <div class="outcome">
          <Chip tone={OFFER_TONES[offer.state]} icon="offer">
            {words(common).offerState[offer.state]}
          </Chip>
          <span>
            {offer.title} · {pay(offer.pay, offer.pay, language.value)}
          </span>
          {offer.state === "made" && (
            <>
              <Button icon="badge" onPress={() => ask({ kind: "answer", row, offer: row.offer })}>
                {t.byBadge}
              </Button>
              <Button look="bare" onPress={() => ask({ kind: "withdraw", offer: row.offer })}>
                {t.withdrawOffer}
              </Button>
            </>
          )}
          {!open && <OfferButton row={row} ask={ask} />}
        </div>
      )}
    </>
  );
}

function OfferButton({ row, ask }: Pick<CardProps, "row" | "ask">) {
  return (
    <Button icon="offer" onPress={() => ask({ kind: "offer", row })}>
      {words(booth).offer}
    </Button>
  );
}
