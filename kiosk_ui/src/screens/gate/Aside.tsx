/** Beside the scanning: how full the hall is, and who came last. */

import { clock, count } from "../../core/i18n";
import type { GateTopic, Level } from "../../core/topics";
import { gate } from "../../core/words/gate";
import { Icon, type IconName } from "../../parts/Icon";
import { Chip, Empty, Meter, Panel, type Tone } from "../../parts/Panel";
import { language, words } from "../../parts/screen";

const LEVELS: Record<Level, { tone: Tone; icon: IconName }> = {
  green: { tone: "good", icon: "check" },
  amber: { tone: "look", icon: "alert" },
  red: { tone: "bad", icon: "hand" },
};

export function Occupancy({ now }: { now: GateTopic["now"]["now"] }) {
  const t = words(gate);
  const look = LEVELS[now.level];
  return (
    <Panel
      title={t.occupancy}
      class="occupancy"
      aside={
        <Chip tone={look.tone} icon={look.icon}>
          {t.level[now.level]}
        </Chip>
      }
    >
      <p class="row">
        <strong class="figure">{count(now.occupancy, language.value)}</strong>
        <span class="quiet">{now.red > 0 ? t.limit(now.red) : t.noLimit}</span>
      </p>
      {now.red > 0 && <Meter value={now.occupancy} of={now.red} level={now.level} />}
      <p class="quiet">{t.through(now.entries, now.exits)}</p>
    </Panel>
  );
}

export function Recent({ recent }: { recent: GateTopic["recent"] }) {
  const t = words(gate);
  const remarks = t.remark as Record<string, string>;
  const rows = Object.entries(recent).sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)));
  return (
    <Panel title={t.recent} class="recent">
      {rows.length === 0 && <Empty icon="list">{t.nobodyYet}</Empty>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <ol tabIndex={0}>
        {rows.map(([id, row]) => (
          <li key={id}>
            <span class="quiet">{clock(row.at, language.value)}</span>
            <Icon name={row.direction === "in" ? "enter" : "leave"} />
            <span class="unseen">{row.direction === "in" ? t.in : t.out}</span>
            <span class="grow">{row.name || row.attendee}</span>
            {row.remarks.length > 0 && (
              <span
                class="look"
                title={row.remarks.map((code) => remarks[code] ?? code).join(" · ")}
              >
                <Icon name="alert" />
                <span class="unseen">
                  {row.remarks.map((code) => remarks[code] ?? code).join(" · ")}
                </span>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
