/** All fairs, and planning another. */

import { useEffect, useState } from "preact/hooks";
import { days } from "../../core/i18n";
import type { District, FairSummary } from "../../core/server";
import type { FairKind } from "../../core/topics";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { api, command } from "../../parts/data";
import { Field, Select } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Chip, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { Staff } from "./Staff";

export function Fairs({ fairs }: { fairs: readonly FairSummary[] }) {
  const c = words(common);
  return (
    <>
      {fairs.map((fair) => (
        <a
          key={fair.fair}
          class="panel choice"
          href={`?${new URLSearchParams({ fair: fair.fair })}`}
        >
          <span class="grow">
            <strong>{fair.name}</strong>
            <span class="quiet">
              {c.fairKind[fair.kind]} · {fair.venue_name} ·{" "}
              {days(fair.starts_on, fair.ends_on, language.value)}
            </span>
          </span>
          <Chip tone={fair.phase === "live" ? "good" : "plain"}>{c.phase[fair.phase]}</Chip>
          <Icon name="next" />
        </a>
      ))}
      <PlanFair />
      <Staff />
    </>
  );
}

const KINDS: FairKind[] = ["job_fair", "skills_competition", "internship_fair", "training_session"];

function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
}

function PlanFair() {
  const t = words(console_);
  const c = words(common);
  const [venues, setVenues] = useState<District["venues"] | null>(null);
  const [kind, setKind] = useState<FairKind>("job_fair");
  const [venue, setVenue] = useState("");
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [startsOn, setStartsOn] = useState(today);
  const [endsOn, setEndsOn] = useState(today);
  useEffect(() => {
    void api.get<District>("/api/district").then((answer) => {
      if (!answer.ok) return;
      setVenues(answer.value.venues);
      setVenue(answer.value.venues.at(-1)?.venue ?? "");
    });
  }, []);

  async function plan() {
    const fields = { fair: code, name, kind, venue, starts_on: startsOn, ends_on: endsOn };
    const planned = await command(null, "plan-fair", fields);
    if (planned.ok) location.search = `?${new URLSearchParams({ fair: code })}`;
  }

  if (venues === null) return null;
  return (
    <Panel title={t.newFair}>
      {venues.length === 0 ? (
        <AddVenue onAdded={(added) => [setVenues([added]), setVenue(added.venue)]} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void plan();
          }}
        >
          <div class="fields">
            <Field label={t.name} value={name} onInput={setName} maxLength={200} />
            <Field label={t.code} hint={t.codeHint} value={code} onInput={setCode} maxLength={40} />
            <Select
              label={t.kind}
              value={kind}
              onChoose={setKind}
              choices={KINDS.map((value) => ({ value, word: c.fairKind[value] }))}
            />
            <Select
              label={t.venue}
              value={venue}
              onChoose={setVenue}
              choices={venues.map((found) => ({ value: found.venue, word: found.name }))}
            />
            <Field label={t.startsOn} type="date" value={startsOn} onInput={setStartsOn} />
            <Field label={t.endsOn} type="date" value={endsOn} onInput={setEndsOn} />
          </div>
          <p>
            <Button type="submit" look="primary" icon="plus" disabled={!name || !code}>
              {t.create}
            </Button>
          </p>
        </form>
      )}
    </Panel>
  );
}

function AddVenue(props: { onAdded: (venue: District["venues"][number]) => void }) {
  const t = words(console_);
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  async function add() {
    const venue = { venue: code, name, level: "site", parent: "", tags: [] };
    const added = await command(null, "add-venue", venue);
    if (added.ok) props.onAdded(venue);
  }
  return (
    <div class="stack">
      <p>{t.noVenue}</p>
      <div class="fields">
        <Field label={t.newVenue} value={name} onInput={setName} maxLength={200} />
        <Field label={t.venueCode} value={code} onInput={setCode} maxLength={40} />
      </div>
      <p>
        <Button look="primary" onPress={add} disabled={!name || !code}>
          {words(common).save}
        </Button>
      </p>
    </div>
  );
}
