/** Registering on one's own phone: three fields and the notice, then one's own link. */

import { useState } from "preact/hooks";
import { days } from "../../core/i18n";
import type { Problem } from "../../core/problem";
import { sentence } from "../../core/sentence";
import type { FairSummary } from "../../core/server";
import type { FairTopic } from "../../core/topics";
import { common } from "../../core/words/everywhere";
import { me } from "../../core/words/me";
import { Button } from "../../parts/Button";
import { Consent } from "../../parts/Consent";
import { api } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Notice, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";

export function Register({ fair, rows }: { fair: FairSummary; rows: FairTopic | null }) {
  const t = words(me);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [lookingFor, setLookingFor] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const consent = rows?.consents.registration;
  const phase = rows?.fair.now.phase ?? fair.phase;
  const open = phase === "registration" || phase === "live";
  const ready = name.trim() !== "" && phone.trim() !== "" && agreed && consent !== undefined;
  const wrong = (field: string) =>
    refused?.code === field ? sentence(refused, language.value) : undefined;

  async function register() {
    if (!ready) return;
    setRefused(null);
    const answer = await api.command(fair.fair, "register", {
      person: { name, phone, looking_for: lookingFor },
      roles: ["seeker"],
      consents: [{ purpose: "registration", version: consent.version }],
      source: "self",
    });
    // The link makes this phone the holder's, and comes back here.
    if (answer.ok && answer.value.link) location.assign(answer.value.link);
    else if (!answer.ok) setRefused(answer.problem);
  }

  return (
    <main class="main narrow stack">
      <FairCard fair={fair} />
      {open ? (
        <Panel title={t.registerTitle}>
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              void register();
            }}
          >
            <p class="quiet">{t.registerUnder}</p>
            <Field
              label={t.name}
              value={name}
              onInput={setName}
              error={wrong("name")}
              autoComplete="name"
              maxLength={200}
            />
            <Field
              label={t.phone}
              value={phone}
              onInput={setPhone}
              error={wrong("phone")}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              maxLength={20}
            />
            <Field
              label={t.lookingFor}
              hint={t.lookingForHint}
              value={lookingFor}
              onInput={setLookingFor}
              maxLength={200}
            />
            {consent ? (
              <Consent
                title={t.consentTitle}
                text={consent}
                agree={t.agree}
                checked={agreed}
                onChange={setAgreed}
              />
            ) : (
              rows && <Notice tone="look">{t.noConsent}</Notice>
            )}
            {refused && !["name", "phone"].includes(refused.code) && (
              <Notice tone="bad">{sentence(refused, language.value)}</Notice>
            )}
            <Button look="primary" big wide disabled={!ready} onPress={register}>
              {t.register}
            </Button>
          </form>
        </Panel>
      ) : (
        <Notice tone="look">{t.registrationClosed}</Notice>
      )}
      <Notice icon="badge">{t.haveBadge}</Notice>
    </main>
  );
}

export function FairCard({ fair }: { fair: FairSummary }) {
  return (
    <section class="fair-card">
      <p>{words(common).fairKind[fair.kind]}</p>
      <h2>{fair.name}</h2>
      <p>{fair.venue_name}</p>
      <p>{days(fair.starts_on, fair.ends_on, language.value)}</p>
    </section>
  );
}
