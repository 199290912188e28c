import { days } from "../core/i18n";
import type { FairSummary } from "../core/server";
import { common } from "../core/words/everywhere";
import { Icon } from "./Icon";
import { Chip, Empty } from "./Panel";
import { SignInHint } from "./Place";
import { language, words } from "./screen";

/** Fairs to choose from; each goes on to this same page with its code. */
export function ChooseFair({ fairs }: { fairs: readonly FairSummary[] }) {
  const t = words(common);
  return (
    <main class="main narrow stack">
      <h2>{t.chooseFair}</h2>
      {fairs.length === 0 && <Empty icon="list">{t.nothingYet}</Empty>}
      {fairs.map((fair) => (
        <FairLink key={fair.fair} fair={fair} href={`?fair=${encodeURIComponent(fair.fair)}`} />
      ))}
      <SignInHint />
    </main>
  );
}

function FairLink({ fair, href }: { fair: FairSummary; href: string }) {
  const t = words(common);
  return (
    <a class="panel choice" href={href}>
      <span class="grow">
        <strong>{fair.name}</strong>
        <span class="quiet">
          {fair.venue_name} · {days(fair.starts_on, fair.ends_on, language.value)}
        </span>
      </span>
      <Chip tone={fair.phase === "live" ? "good" : "plain"}>{t.phase[fair.phase]}</Chip>
      <Icon name="next" />
    </a>
  );
}
