/** The texts people agree to. A changed text is a new version; earlier consents keep theirs. */

import { useState } from "preact/hooks";
import type { FairTopic } from "../../core/topics";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { command, streamOf, useTopic } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Chip, Panel } from "../../parts/Panel";
import { words } from "../../parts/screen";
import { DRAFTS } from "./drafts";

const PURPOSES = ["registration", "sign_up"] as const;
type Asked = (typeof PURPOSES)[number];

export function Consents({ fair }: { fair: string }) {
  const t = words(console_);
  const { rows } = useTopic<FairTopic>(streamOf(fair), "fair");
  const [asked, setAsked] = useState<Asked | null>(null);
  if (!rows) return null;
  return (
    <Panel title={t.consents}>
      <p class="quiet">{t.consentsUnder}</p>
      <ul>
        {PURPOSES.map((purpose) => {
          const current = rows.consents[purpose];
          return (
            <li key={purpose} class="row item">
              <strong class="grow">{t.consentOf[purpose]}</strong>
              {current ? (
                <Chip tone="good">{t.version(current.version)}</Chip>
              ) : (
                <Chip tone="look" icon="alert">
                  {t.noConsent}
                </Chip>
              )}
              <Button onPress={() => setAsked(purpose)}>
                {current ? t.changeConsent : t.writeConsent}
              </Button>
            </li>
          );
        })}
      </ul>
      {asked && (
        <Edit
          fair={fair}
          purpose={asked}
          current={rows.consents[asked]}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}

function Edit(props: {
  fair: string;
  purpose: Asked;
  current: FairTopic["consents"][Asked];
  onClose: () => void;
}) {
  const t = words(console_);
  const { current, purpose } = props;
  const draft = current ?? DRAFTS[purpose];
  const [zh, setZh] = useState(draft?.zh ?? "");
  const [en, setEn] = useState(draft?.en ?? "");
  const same = current?.zh === zh && current.en === en;
  async function publish() {
    const version = (current?.version ?? 0) + 1;
    const done = await command(props.fair, "publish-consent-text", { purpose, version, zh, en });
    if (done.ok) props.onClose();
  }
  return (
    <Dialog
      wide
      title={t.consentOf[purpose]}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{words(common).cancel}</Button>
          <Button look="primary" onPress={publish} disabled={same || !zh.trim() || !en.trim()}>
            {t.publish((current?.version ?? 0) + 1)}
          </Button>
        </>
      }
    >
      <Field label="中文" lines={6} value={zh} onInput={setZh} maxLength={4000} />
      <Field label="English" lines={6} value={en} onInput={setEn} maxLength={4000} />
    </Dialog>
  );
}
