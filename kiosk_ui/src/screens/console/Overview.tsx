/** How it stands: phase, figures, limits, gates, booths. */

import { useState } from "preact/hooks";
import { count } from "../../core/i18n";
import type { ConsoleTopic, Phase } from "../../core/topics";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { command } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Chip, Meter, Panel, Stat } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { Table } from "../../parts/Table";
import { Consents } from "./Consents";

interface Props {
  fair: string;
  rows: ConsoleTopic;
}

const ORDER: Phase[] = ["draft", "registration", "live", "closed", "archived"];
const NEXT: Record<Phase, Phase[]> = {
  draft: ["registration", "live"],
  registration: ["live", "draft"],
  live: ["closed", "registration"],
  closed: ["live", "archived"],
  archived: [],
};

export function Overview({ fair, rows }: Props) {
  return (
    <>
      <PhasePanel fair={fair} phase={rows.figures.now.phase} />
      <LiveFigures rows={rows} />
      <div class="two">
        <Gates fair={fair} rows={rows} />
        <Limits fair={fair} rows={rows} />
      </div>
      <Booths fair={fair} rows={rows} />
      <Consents fair={fair} />
    </>
  );
}

function PhasePanel({ fair, phase }: { fair: string; phase: Phase }) {
  const t = words(console_);
  const c = words(common);
  const [to, setTo] = useState<Phase | null>(null);
  const [reason, setReason] = useState("");
  const back = to !== null && ORDER.indexOf(to) < ORDER.indexOf(phase);
  async function change() {
    const changed = await command(fair, "change-phase", { phase: to, reason });
    if (changed.ok) setTo(null);
  }
  return (
    <Panel
      title={t.phase}
      aside={<Chip tone={phase === "live" ? "good" : "accent"}>{c.phase[phase]}</Chip>}
    >
      <div class="row">
        <p class="grow">{t.phaseHint[phase]}</p>
        {NEXT[phase].map((next) => (
          <Button
            key={next}
            look={ORDER.indexOf(next) > ORDER.indexOf(phase) ? "primary" : "plain"}
            onPress={() => [setReason(""), setTo(next)]}
          >
            {t.changePhase(c.phase[next])}
          </Button>
        ))}
      </div>
      {to && (
        <Dialog
          title={t.changePhaseTitle(c.phase[to])}
          onClose={() => setTo(null)}
          onSubmit={change}
          actions={
            <>
              <Button onPress={() => setTo(null)}>{c.cancel}</Button>
              <Button type="submit" look="primary" disabled={back && !reason.trim()}>
                {c.confirm}
              </Button>
            </>
          }
        >
          <p>{t.phaseHint[to]}</p>
          {back && (
            <Field label={t.reason} hint={t.reasonHint} value={reason} onInput={setReason} />
          )}
        </Dialog>
      )}
    </Panel>
  );
}

function LiveFigures({ rows }: { rows: ConsoleTopic }) {
  const t = words(console_);
  const now = rows.figures.now;
  const shown = Object.keys(t.figures) as (keyof typeof t.figures)[];
  return (
    <Panel>
      <div class="stats">
        {shown.map((key) => (
          <Stat key={key} label={t.figures[key]} value={count(now[key], language.value)} />
        ))}
      </div>
      {now.red > 0 && <Meter value={now.occupancy} of={now.red} level={now.level} />}
    </Panel>
  );
}

function Gates({ fair, rows }: Props) {
  const t = words(console_);
  const [gate, setGate] = useState("");
  const [name, setName] = useState("");
  async function add() {
    const added = await command(fair, "add-gate", { gate, name });
    if (added.ok) {
      setGate("");
      setName("");
    }
  }
  return (
    <Panel title={t.gates}>
      <Table
        caption={t.gates}
        rows={Object.values(rows.gates)}
        rowKey={(row) => row.gate}
        empty={t.noGates}
        columns={[
          { head: t.gate, cell: (row) => row.gate },
          { head: t.gateName, cell: (row) => row.name },
          { head: t.entries, cell: (row) => row.entries, end: true },
          { head: t.exits, cell: (row) => row.exits, end: true },
        ]}
      />
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field label={t.gate} value={gate} onInput={setGate} maxLength={20} />
        <Field label={t.gateName} value={name} onInput={setName} maxLength={200} />
        <Button type="submit" icon="plus" disabled={!gate || !name}>
          {t.addGate}
        </Button>
      </form>
    </Panel>
  );
}

function Limits({ fair, rows }: Props) {
  const t = words(console_);
  const now = rows.figures.now;
  const [amber, setAmber] = useState(String(now.amber));
  const [red, setRed] = useState(String(now.red));
  const changed = amber !== String(now.amber) || red !== String(now.red);
  return (
    <Panel title={t.limits}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void command(fair, "set-occupancy-limits", {
            amber: Number(amber) || 0,
            red: Number(red) || 0,
          });
        }}
      >
        <div class="fields">
          <Field label={t.amber} type="number" min={0} value={amber} onInput={setAmber} />
          <Field label={t.red} type="number" min={0} value={red} onInput={setRed} />
        </div>
        <p class="quiet">{t.limitsHint}</p>
        <p>
          <Button type="submit" disabled={!changed}>
            {words(common).save}
          </Button>
        </p>
      </form>
    </Panel>
  );
}

function Booths({ fair, rows }: Props) {
  const t = words(console_);
  const found = Object.values(rows.booths).sort((a, b) =>
    a.booth.localeCompare(b.booth, "en", { numeric: true }),
  );
  return (
    <Panel title={t.booths}>
      <Table
        caption={t.booths}
        rows={found}
        rowKey={(row) => row.booth}
        empty={t.noBooths}
        columns={[
          { head: t.booth, cell: (row) => <strong>{row.booth}</strong> },
          { head: t.enterprise, cell: (row) => row.name },
          {
            head: t.here,
            cell: (row) =>
              row.checked_in ? (
                <Chip tone="good" icon="check">
                  {t.here}
                </Chip>
              ) : (
                <Button onPress={() => command(fair, "check-in-booth", { booth: row.booth })}>
                  {t.checkIn}
                </Button>
              ),
          },
          { head: t.positions, cell: (row) => row.positions, end: true },
          { head: t.waiting, cell: (row) => row.waiting, end: true },
          { head: t.done, cell: (row) => row.done, end: true },
          { head: t.offers, cell: (row) => row.offers, end: true },
          { head: t.accepted, cell: (row) => row.accepted, end: true },
        ]}
      />
    </Panel>
  );
}
