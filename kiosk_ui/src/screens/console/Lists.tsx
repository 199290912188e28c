/** Lists in, with a look before, and lists out. */

import { useState } from "preact/hooks";
import { sentence } from "../../core/sentence";
import type { ImportResult, ImportRow } from "../../core/server";
import { console_ } from "../../core/words/console";
import { Button } from "../../parts/Button";
import { api } from "../../parts/data";
import { Select, Tick } from "../../parts/Field";
import { Chip, Notice, Panel, type Tone } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { Table } from "../../parts/Table";
import { sayProblem } from "../../parts/Toasts";

const KINDS = ["enterprises", "positions", "attendees"] as const;
type Kind = (typeof KINDS)[number];
const EXPORTS = ["attendees", "sign-ups", "offers"] as const;
const ACTIONS = ["add", "change", "same", "skip", "refuse"] as const;
const TONES: Record<ImportRow["action"], Tone> = {
  add: "good",
  change: "accent",
  same: "plain",
  skip: "plain",
  refuse: "bad",
};

export function Lists({ fair }: { fair: string }) {
  const t = words(console_);
  const [kind, setKind] = useState<Kind>("enterprises");
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  async function send(dryRun: boolean) {
    if (!file) return;
    const path = `/api/fairs/${fair}/imports/${kind}?dry_run=${dryRun ? 1 : 0}`;
    const answer = await api.upload<ImportResult>(path, file);
    if (answer.ok) setResult(answer.value);
    else sayProblem(answer.problem);
  }
  return (
    <>
      <Panel title={t.import}>
        <div class="fields">
          <Select
            label={t.list}
            value={kind}
            onChoose={(chosen) => [setKind(chosen), setResult(null)]}
            choices={KINDS.map((value) => ({ value, word: t.listKind[value] }))}
          />
          <label class="field">
            <span class="label">{t.file}</span>
            <input
              class="input"
              type="file"
              accept=".xlsx,.csv"
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                setResult(null);
              }}
            />
          </label>
          <Button icon="search" onPress={() => send(true)} disabled={!file}>
            {t.dryRun}
          </Button>
        </div>
        {result && <Result result={result} onImport={() => send(false)} />}
      </Panel>
      <Panel title={t.exports}>
        <div class="row">
          {EXPORTS.map((name) => (
            <Button key={name} icon="download" href={`/api/fairs/${fair}/exports/${name}.xlsx`}>
              {t.exportOf[name]}
            </Button>
          ))}
        </div>
      </Panel>
    </>
  );
}

function Result(props: { result: ImportResult; onImport: () => unknown }) {
  const t = words(console_);
  const { result } = props;
  const [all, setAll] = useState(false);
  const worth = result.summary.add + result.summary.change > 0;
  const rows = result.rows.filter((row) => all || row.action !== "same");
  return (
    <div class="stack result">
      <div class="row">
        {ACTIONS.map((action) => (
          <Chip key={action} tone={TONES[action]}>
            {t.action[action]} {result.summary[action]}
          </Chip>
        ))}
        <span class="grow" />
        {result.dry_run ? (
          <Button look="primary" icon="upload" onPress={props.onImport} disabled={!worth}>
            {t.importNow}
          </Button>
        ) : (
          <Chip tone="good" icon="check">
            {t.imported}
          </Chip>
        )}
      </div>
      {!result.dry_run && <p class="quiet">{t.importedHint}</p>}
      {result.unknown_columns.length > 0 && (
        <Notice>{t.unknownColumns(result.unknown_columns.join("、"))}</Notice>
      )}
      <Tick checked={all} onChange={setAll}>
        {t.showSame}
      </Tick>
      <Table
        caption={t.import}
        rows={rows}
        rowKey={(row) => `${row.sheet} ${row.row}`}
        empty={t.nothingToShow}
        columns={[
          { head: t.row, cell: (row) => row.row, end: true },
          { head: t.what, cell: (row) => row.label },
          {
            head: <span class="unseen">{t.dryRun}</span>,
            cell: (row) => <Chip tone={TONES[row.action]}>{t.action[row.action]}</Chip>,
          },
          { head: t.cell, cell: (row) => lines(row, (problem) => problem.cell) },
          {
            head: t.problem,
            cell: (row) =>
              row.repeats
                ? t.repeats(row.repeats)
                : lines(row, (problem) =>
                    sentence(
                      { code: problem.code, status: 0, facts: problem.facts },
                      language.value,
                    ),
                  ),
          },
          { head: t.value, cell: (row) => lines(row, (problem) => problem.value) },
        ]}
      />
    </div>
  );
}

function lines(row: ImportRow, said: (problem: ImportRow["problems"][number]) => string) {
  return row.problems.map((problem, at) => <div key={at}>{said(problem)}</div>);
}
