/** The report: each figure with what it counts, and by venue. */

import { useEffect, useState } from "preact/hooks";
import { count } from "../../core/i18n";
import type { Report } from "../../core/server";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { api } from "../../parts/data";
import { Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { Table } from "../../parts/Table";
import { sayProblem } from "../../parts/Toasts";

export function Figures({ fair }: { fair: string }) {
  const t = words(console_);
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    void api.get<Report>(`/api/fairs/${fair}/report`).then((answer) => {
      if (answer.ok) setReport(answer.value);
      else sayProblem(answer.problem);
    });
  }, [fair]);
  if (!report) return <p class="quiet">{words(common).loading}</p>;
  const zh = language.value === "zh-CN";
  const names = report.figures;
  return (
    <>
      <Panel
        title={t.report}
        aside={
          <Button icon="download" href={`/api/fairs/${fair}/report.xlsx`}>
            {t.download}
          </Button>
        }
      >
        <p class="quiet">{t.reportUnder(report.fairs[fair] ?? 0)}</p>
        <Table
          caption={t.report}
          rows={names}
          rowKey={(row) => row.key}
          empty={words(common).nothingYet}
          columns={[
            { head: t.figure, cell: (row) => <strong>{zh ? row.zh : row.en}</strong> },
            { head: t.number, cell: (row) => count(row.value, language.value), end: true },
            {
              head: t.definition,
              cell: (row) => (
                <span class="quiet">{zh ? row.definition_zh : row.definition_en}</span>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={t.byVenue}>
        <Table
          caption={t.byVenue}
          rows={report.by_venue}
          rowKey={(row) => row.venue}
          empty={words(common).nothingYet}
          columns={[
            { head: t.venue, cell: (row) => row.name },
            ...names.map((figure) => ({
              head: zh ? figure.zh : figure.en,
              cell: (row: Report["by_venue"][number]) =>
                count(row.figures[figure.key] ?? 0, language.value),
              end: true,
            })),
          ]}
        />
      </Panel>
    </>
  );
}
