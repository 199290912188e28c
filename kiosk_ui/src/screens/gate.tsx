/** The door: scan, or find, or register; a verdict; and back to scanning by itself. */

import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { looksLikeBadge } from "../core/badge";
import { sentence } from "../core/sentence";
import type { PersonRow } from "../core/server";
import type { FairTopic, GateTopic } from "../core/topics";
import { Wedge } from "../core/wedge";
import { common } from "../core/words/everywhere";
import { gate } from "../core/words/gate";
import { Button, Segments } from "../parts/Button";
import { principals, streamOf, useTopic } from "../parts/data";
import { Icon } from "../parts/Icon";
import { Notice } from "../parts/Panel";
import { type Place, SignInHint, usePlace } from "../parts/Place";
import { mount } from "../parts/page";
import { language, later, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import { Occupancy, Recent } from "./gate/Aside";
import { type Door, direction, pass, prefix, ready, shown, type Who } from "./gate/desk";
import { People } from "./gate/People";
import { useFound } from "./gate/search";
import { Ready, VerdictPanel } from "./gate/VerdictPanel";
import "./gate/gate.css";

/** Fetched once the door is open, so that they are here when the network is not. */
const forms = signal<typeof import("./gate/forms") | null>(null);

const LEADS = new Set(["door_lead", "organiser", "admin"]);

function GatePage() {
  const { place, fairs, known } = usePlace("gate");
  if (!known) return <TopBar title={words(gate).title} under={words(common).loading} />;
  if (place?.gate) return <DoorPage place={place} />;
  const here = forms.value;
  return here && <here.ChooseGate place={place} fairs={fairs} />;
}

type Open =
  | { kind: "walk-in" }
  | { kind: "settings" }
  | { kind: "details"; person: PersonRow }
  | { kind: "let-in"; who: Who };

function DoorPage({ place }: { place: Place }) {
  const t = words(gate);
  const door = useMemo<Door>(
    () => ({ fair: place.fair.fair, number: place.fair.number, gate: place.gate }),
    [place],
  );
  const stream = streamOf(door.fair);
  const here = useTopic<GateTopic>(stream, `gate/${door.gate}`);
  const fair = useTopic<FairTopic>(stream, "fair");
  const [open, setOpen] = useState<Open | null>(null);
  const now = here.rows?.now.now;
  const lead = principals.value?.some((who) => LEADS.has(who.role)) ?? false;
  const letIn =
    lead && shown.value?.verdict.word === "full"
      ? () => shown.value && setOpen({ kind: "let-in", who: shown.value.who })
      : null;

  return (
    <>
      <TopBar
        title={now ? `${t.title} ${now.gate} · ${now.gate_name}` : `${t.title} ${door.gate}`}
        under={place.fair.name}
        stream={stream}
      >
        <Button look="bare" icon="settings" onPress={() => setOpen({ kind: "settings" })}>
          {t.settings}
        </Button>
      </TopBar>
      <main class="door">
        <Scanning
          door={door}
          busy={open !== null}
          onOpen={setOpen}
          onLetIn={letIn}
          problem={here.problem && sentence(here.problem, language.value)}
        />
        <aside class="stack">
          <Button
            look="primary"
            icon="addPerson"
            big
            wide
            onPress={() => setOpen({ kind: "walk-in" })}
          >
            {t.walkIn}
          </Button>
          {now && <Occupancy now={now} />}
          {here.rows && <Recent recent={here.rows.recent} />}
        </aside>
      </main>
      {open && (
        <Form
          open={open}
          door={door}
          consents={fair.rows?.consents ?? null}
          live={(now?.phase ?? place.fair.phase) === "live"}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Form(props: {
  open: Open;
  door: Door;
  consents: FairTopic["consents"] | null;
  live: boolean;
  onClose: () => void;
}) {
  const here = forms.value;
  const { open, door, onClose } = props;
  if (!here) return null;
  switch (open.kind) {
    case "walk-in":
      return (
        <here.WalkIn
          door={door}
          consents={props.consents}
          live={props.live}
          onPass={(attendee) => pass(door, { attendee })}
          onClose={onClose}
        />
      );
    case "details":
      return <here.Details door={door} person={open.person} onClose={onClose} />;
    case "settings":
      return <here.DeviceSettings onClose={onClose} />;
    case "let-in":
      return (
        <here.LetIn
          onClose={onClose}
          onLetIn={(reason) => {
            onClose();
            return pass(door, open.who, reason);
          }}
        />
      );
  }
}

function Scanning(props: {
  door: Door;
  /** A dialog stands before it: keys are the dialog's. */
  busy: boolean;
  onOpen: (open: Open) => void;
  onLetIn: (() => void) | null;
  problem: string | null;
}) {
  const t = words(gate);
  const { door } = props;
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = useFound(door, typed);
  const text = typed.trim();
  const listed = found && found.text === text ? found : null;

  function scanned(badge: string) {
    setTyped("");
    void pass(door, { badge: badge.trim() });
  }

  function letPass(person: PersonRow) {
    setTyped("");
    return pass(door, { attendee: person.attendee });
  }

  function enter() {
    if (!text) return ready();
    if (looksLikeBadge(text, door.number)) return scanned(text);
    // Only somebody who stands on the screen is let in, never the first answer to come.
    const chosen = listed?.people[at];
    if (chosen) void letPass(chosen);
  }

  useKeys(field, props.busy, scanned);

  return (
    <section class="scanning">
      <div class="row">
        <Segments
          label={t.direction}
          value={direction.value}
          choices={[
            { value: "in", word: t.in, icon: "enter" },
            { value: "out", word: t.out, icon: "leave" },
          ]}
          onChoose={(next) => {
            direction.value = next;
          }}
        />
        <form
          class="scan grow"
          onSubmit={(event) => {
            event.preventDefault();
            enter();
          }}
        >
          <Icon name="search" />
          <input
            ref={field}
            class="input"
            type="text"
            value={typed}
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            enterKeyHint="go"
            aria-label={t.scanLabel}
            placeholder={t.scanHint}
            maxLength={400}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
              ready();
            }}
            onKeyDown={(event) => {
              const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
              if (event.key === "Escape") setTyped("");
              if (!step || !listed?.people.length) return;
              event.preventDefault();
              setAt((at + step + listed.people.length) % listed.people.length);
            }}
          />
          {typed && (
            <Button
              look="bare"
              icon="cross"
              label={words(common).close}
              onPress={() => setTyped("")}
            />
          )}
        </form>
      </div>
      {props.problem && <Notice tone="bad">{props.problem}</Notice>}
      <SignInHint />
      {listed && text ? (
        <People
          found={listed}
          at={at}
          onPass={letPass}
          onDetails={(person) => props.onOpen({ kind: "details", person })}
          onWalkIn={() => props.onOpen({ kind: "walk-in" })}
        />
      ) : shown.value ? (
        <VerdictPanel shown={shown.value} onLetIn={props.onLetIn} />
      ) : (
        <Ready />
      )}
    </section>
  );
}

/** Whatever was touched last, the next key that is typed goes into the scan field; a scanner with a
 *  prefix is heard even while a form is open. */
function useKeys(
  field: { current: HTMLInputElement | null },
  busy: boolean,
  scanned: (code: string) => void,
): void {
  const now = useRef({ busy, scanned });
  now.current = { busy, scanned };
  const framing = prefix.value;
  useEffect(() => {
    const wedge = new Wedge(framing);
    const listen = (event: KeyboardEvent) => {
      const fed = wedge.feed(event);
      if (fed.kind !== "passed") {
        event.preventDefault();
        event.stopPropagation();
        if (fed.kind === "code" && !now.current.busy) now.current.scanned(fed.code);
        return;
      }
      const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      const typing = document.activeElement?.matches("input, textarea, select") === true;
      if (plain && !typing && !now.current.busy) field.current?.focus();
    };
    document.addEventListener("keydown", listen, true);
    return () => document.removeEventListener("keydown", listen, true);
  }, [framing, field]);
  useEffect(() => {
    // With a mouse the field keeps the focus; on a touch screen that would raise the keyboard.
    if (!busy && matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, [busy, field]);
}

void mount(GatePage)
  .then(() => later(import("./gate/forms")))
  .then((loaded) => {
    forms.value = loaded;
  });
