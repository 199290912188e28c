/** What needs a person: registrations that may be one, scans at odds with what is known. */

import { dayAndClock } from "../../core/i18n";
import type { ConsoleTopic } from "../../core/topics";
import { console_ } from "../../core/words/console";
import { Button } from "../../parts/Button";
import { command } from "../../parts/data";
import { Chip, Empty, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";

export function Attention({ fair, rows }: { fair: string; rows: ConsoleTopic }) {
  const t = words(console_);
  const suspicions = Object.values(rows.suspicions);
  const flags = Object.entries(rows.flags).sort(([, a], [, b]) => b.at - a.at);
  const remarks = t.remark as Record<string, string>;
  return (
    <>
      <Panel title={t.suspicions}>
        <p class="quiet">{t.suspicionsUnder}</p>
        {suspicions.length === 0 && <Empty icon="people">{t.noSuspicions}</Empty>}
        <ul>
          {suspicions.map((row) => (
            <li key={row.attendee} class="row item">
              <span class="grow">
                <strong>{t.alike(row.name || "–", row.other_name || "–")}</strong>{" "}
                <span class="quiet">
                  {row.attendee} · {row.other}
                </span>
              </span>
              {row.merged && <Chip tone="good">{t.merged}</Chip>}
              {row.merged ? (
                <Button onPress={() => command(fair, "undo-merge", { merged: row.attendee })}>
                  {t.undo}
                </Button>
              ) : (
                <Button
                  onPress={() =>
                    command(fair, "merge-attendees", { kept: row.other, merged: row.attendee })
                  }
                >
                  {t.merge}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t.flags}>
        <p class="quiet">{t.flagsUnder}</p>
        {flags.length === 0 && <Empty icon="flag">{t.noFlags}</Empty>}
        <ul>
          {flags.map(([id, row]) => (
            <li key={id} class="row item">
              <time>{dayAndClock(row.at, language.value)}</time>
              <strong class="grow">{row.name || t.unknownPerson}</strong>
              <span>
                {t.gates} {row.gate}
              </span>
              {row.remarks.map((remark) => (
                <Chip key={remark} tone="look" icon="alert">
                  {remarks[remark] ?? remark}
                </Chip>
              ))}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
