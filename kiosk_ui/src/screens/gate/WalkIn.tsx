/** A walk-in: three fields, the notice on the screen, and in. */

import { useEffect, useState } from "preact/hooks";
import type { Answer, Done } from "../../core/api";
import { printed } from "../../core/badge";
import { fact } from "../../core/problem";
import { sentence } from "../../core/sentence";
import type { PersonRow } from "../../core/server";
import type { FairTopic } from "../../core/topics";
import { common } from "../../core/words/everywhere";
import { gate } from "../../core/words/gate";
import { gateForms } from "../../core/words/gateForms";
import { Button } from "../../parts/Button";
import { Consent } from "../../parts/Consent";
import { Dialog } from "../../parts/Dialog";
import { api } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Notice } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { type Door, pass } from "./desk";
import { PersonLine } from "./People";
import { find } from "./search";

interface WalkInProps {
  door: Door;
  consents: FairTopic["consents"] | null;
  live: boolean;
  onPass: (attendee: string) => unknown;
  onClose: () => void;
}

export function WalkIn(props: WalkInProps) {
  const [done, setDone] = useState<Done | null>(null);
  if (done) return <Registered done={done} onClose={props.onClose} />;
  return <WalkInForm {...props} onDone={setDone} />;
}

function WalkInForm(props: WalkInProps & { onDone: (done: Done) => void }) {
  const f = words(gateForms);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [lookingFor, setLookingFor] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [refused, setRefused] = useState<Answer<Done> | null>(null);
  const alike = useAlike(props.door, phone);
  const consent = props.consents?.registration;
  const wrong = (code: string) =>
    refused && !refused.ok && refused.problem.code === code
      ? sentence(refused.problem, language.value)
      : undefined;

  async function register() {
    const answer = await api.command(props.door.fair, "register", {
      person: { name, phone, looking_for: lookingFor },
      roles: ["seeker"],
      consents: consent ? [{ purpose: "registration", version: consent.version }] : [],
      source: "walk_in",
    });
    setRefused(answer);
    if (!answer.ok) return;
    props.onDone(answer.value);
    const attendee = answer.value.person?.attendee;
    if (attendee && props.live) await pass(props.door, { attendee });
  }

  const ready = name.trim() !== "" && phone.trim() !== "" && agreed && consent !== undefined;
  const other = refused && !refused.ok ? refused.problem : null;
  const elsewhere = other && !["name", "phone"].includes(other.code) ? other : null;
  const known = elsewhere?.code === "already_registered" ? fact(elsewhere.facts.attendee) : "";
  return (
    <Dialog
      title={f.walkInTitle}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{words(common).cancel}</Button>
          <Button look="primary" icon="addPerson" disabled={!ready} onPress={register}>
            {props.live ? f.registerAndIn : f.register}
          </Button>
        </>
      }
    >
      <Field
        label={f.name}
        value={name}
        onInput={setName}
        error={wrong("name")}
        autoComplete="off"
        maxLength={200}
        autoFocus
      />
      <Field
        label={f.phone}
        value={phone}
        onInput={setPhone}
        error={wrong("phone")}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={20}
      />
      {alike.length > 0 && (
        <Notice tone="look">
          <strong>{f.maybeSame}</strong>
          {alike.map((person) => (
            <div class="person" key={person.attendee}>
              <PersonLine person={person} />
              <Button
                icon="check"
                onPress={() => {
                  props.onClose();
                  return props.onPass(person.attendee);
                }}
              >
                {f.samePerson}
              </Button>
            </div>
          ))}
        </Notice>
      )}
      <Field
        label={f.lookingFor}
        hint={f.lookingForHint}
        value={lookingFor}
        onInput={setLookingFor}
        autoComplete="off"
        maxLength={200}
      />
      {consent ? (
        <Consent
          title={f.consentTitle}
          text={consent}
          agree={f.agree}
          checked={agreed}
          onChange={setAgreed}
        />
      ) : (
        <Notice tone="bad">{f.noConsent}</Notice>
      )}
      {elsewhere && (
        <Notice tone={known ? "look" : "bad"}>
          <p>{sentence(elsewhere, language.value)}</p>
          {known && (
            <Button
              icon="enter"
              onPress={() => {
                props.onClose();
                return props.onPass(known);
              }}
            >
              {f.samePerson}
            </Button>
          )}
        </Notice>
      )}
    </Dialog>
  );
}

/** Whose phone ends with the same four digits: often the very same person. */
function useAlike(door: Door, phone: string): readonly PersonRow[] {
  const [alike, setAlike] = useState<readonly PersonRow[]>([]);
  const digits = phone.normalize("NFKC").replace(/\D/g, "");
  const tail = digits.length >= 8 ? digits.slice(-4) : "";
  const whole = digits.length === 11 || digits.length === 8 ? tail : "";
  useEffect(() => {
    setAlike([]);
    if (!whole) return;
    let late = false;
    void find(door, whole).then((found) => {
      if (late || !found) return;
      setAlike(found.people.filter((person) => person.phone_tail === whole).slice(0, 3));
    });
    return () => {
      late = true;
    };
  }, [door, whole]);
  return alike;
}

function Registered({ done, onClose }: { done: Done; onClose: () => void }) {
  const t = words(gate);
  const f = words(gateForms);
  const shares = done.events.some((event) => event.alike);
  return (
    <Dialog
      title={f.registered}
      onClose={onClose}
      actions={
        <Button look="primary" icon="scan" onPress={onClose}>
          {t.back}
        </Button>
      }
    >
      <Code name={done.person?.name ?? ""} label={f.code} badge={done.person?.badge ?? ""} />
      {shares && <Notice tone="look">{f.sharesPhone}</Notice>}
    </Dialog>
  );
}

/** A short code to be written onto a badge by hand. */
export function Code(props: { name: string; label: string; badge: string }) {
  return (
    <div class="new-code">
      <p class="name">{props.name}</p>
      <p class="quiet">{props.label}</p>
      <p class="code">{printed(props.badge)}</p>
    </div>
  );
}
