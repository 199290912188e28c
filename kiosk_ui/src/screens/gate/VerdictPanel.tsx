/** The verdict in one glance: a colour, a shape, a word, a name. */

import { sentence } from "../../core/sentence";
import type { Verdict } from "../../core/verdict";
import { common } from "../../core/words/everywhere";
import { gate } from "../../core/words/gate";
import { Button } from "../../parts/Button";
import { Icon, type IconName } from "../../parts/Icon";
import { language, words } from "../../parts/screen";
import { asking, direction, ready, type Shown } from "./desk";

const ICONS: Record<Verdict["word"], IconName> = {
  in: "enter",
  out: "leave",
  look: "alert",
  stop: "cross",
  full: "hand",
  lost: "refresh",
};

export function VerdictPanel(props: { shown: Shown; onLetIn: (() => void) | null }) {
  const t = words(gate);
  const { verdict } = props.shown;
  return (
    <div class={`verdict ${verdict.tone}`} role="alert">
      <Icon name={ICONS[verdict.word]} />
      <p class="word">{t.word[verdict.word]}</p>
      {verdict.person && <p class="name">{verdict.person.name}</p>}
      <p class="why">{reasons(verdict).join(" · ")}</p>
      <div class="row">
        {props.onLetIn && (
          <Button icon="enter" onPress={props.onLetIn}>
            {t.letIn}
          </Button>
        )}
        <Button icon="scan" onPress={ready}>
          {t.back}
        </Button>
      </div>
    </div>
  );
}

function reasons(verdict: Verdict): string[] {
  const t = words(gate);
  if (verdict.tone === "lost") return [t.lostUnder];
  if (verdict.problem) return [sentence(verdict.problem, language.value)];
  const remarks = t.remark as Record<string, string>;
  if (verdict.remarks.length > 0) return verdict.remarks.map((code) => remarks[code] ?? code);
  const roles = words(common).role as Record<string, string>;
  return (verdict.person?.roles ?? []).map((role) => roles[role] ?? role);
}

/** Between two people: waiting for the next badge. */
export function Ready() {
  const t = words(gate);
  const entering = direction.value === "in";
  return (
    <div class="verdict waiting">
      <Icon name="scan" />
      <p class="word">{asking.value > 0 ? t.checking : entering ? t.ready : t.readyOut}</p>
      <p class="why">{t.readyUnder}</p>
    </div>
  );
}
