/** My badge, and what is known of me: consents, leaving, being forgotten. */

import { useState } from "preact/hooks";
import { printed } from "../../core/badge";
import { dayAndClock } from "../../core/i18n";
import type { MeTopic, Purpose } from "../../core/topics";
import { common } from "../../core/words/everywhere";
import { me } from "../../core/words/me";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { api } from "../../parts/data";
import { Chip, Notice, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import type { Act } from "./mine";

type Mine = MeTopic["me"]["now"];

export function Badge({ mine }: { mine: Mine }) {
  const t = words(me);
  if (mine.badge_revoked) return <Notice tone="bad">{t.badgeRevoked}</Notice>;
  return (
    <section class="panel badge">
      <h2>{mine.name}</h2>
      <p>{mine.roles.map((role) => words(common).role[role]).join(" · ")}</p>
      {/* Another badge, another picture: the browser must not show the one before. */}
      <img
        src={`/api/fairs/${mine.fair}/me/badge.svg?${mine.badge}`}
        alt={t.badgeAlt}
        width="320"
        height="320"
      />
      <p class="quiet">{t.shortCode}</p>
      <p class="code">{printed(mine.badge)}</p>
      <p class="quiet">{t.badgeUnder}</p>
      {mine.inside ? (
        <Chip tone="good" icon="check">
          {t.insideNow}
        </Chip>
      ) : (
        <Chip icon="door">{t.notInside}</Chip>
      )}
    </section>
  );
}

type Asked = { kind: "erase" } | { kind: "withdraw"; purpose: Purpose };

export function MyData({ mine, act }: { mine: Mine; act: Act }) {
  const t = words(me);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);

  async function forget() {
    await api.send("DELETE", "/api/session?kind=badge");
    location.assign(`/me?fair=${mine.fair}`);
  }

  async function go() {
    if (asked?.kind === "erase") {
      if (await act("erase-attendee")) await forget();
    } else if (asked && (await act("withdraw-consent", { purpose: asked.purpose }))) {
      close();
    }
  }

  return (
    <Panel title={t.myData}>
      <ul>
        {mine.consents.map((consent) => (
          <li key={consent.purpose} class="past">
            <div class="grow">
              <strong>{t.consentOf[consent.purpose]}</strong>
              <p class="quiet">
                {t.consentGiven(dayAndClock(consent.at, language.value), consent.version)}
              </p>
            </div>
            {consent.purpose !== "registration" && (
              <Button onPress={() => setAsked({ kind: "withdraw", purpose: consent.purpose })}>
                {t.withdrawConsent}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div class="stack">
        <Button icon="out" onPress={forget}>
          {t.forget}
        </Button>
        <Button look="danger" onPress={() => setAsked({ kind: "erase" })}>
          {t.erase}
        </Button>
      </div>
      {asked && (
        <Dialog
          title={asked.kind === "erase" ? t.eraseTitle : t.withdrawTitle}
          onClose={close}
          actions={
            <>
              <Button onPress={close}>{words(common).back}</Button>
              <Button look="danger" onPress={go}>
                {asked.kind === "erase" ? t.eraseDo : t.withdrawConsent}
              </Button>
            </>
          }
        >
          <p>{asked.kind === "erase" ? t.eraseUnder : t.withdrawSignUp}</p>
        </Dialog>
      )}
    </Panel>
  );
}
