/** One person: let in, let out, or given a new badge. Also the door lead's reason. */

import { useState } from "preact/hooks";
import type { Done } from "../../core/api";
import { printed } from "../../core/badge";
import type { PersonRow } from "../../core/server";
import { common } from "../../core/words/everywhere";
import { gate } from "../../core/words/gate";
import { gateForms } from "../../core/words/gateForms";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { command } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Notice } from "../../parts/Panel";
import { words } from "../../parts/screen";
import type { Door } from "./desk";
import { PersonLine } from "./People";
import { Code } from "./WalkIn";

export function Details(props: { door: Door; person: PersonRow; onClose: () => void }) {
  const t = words(gate);
  const f = words(gateForms);
  const [reason, setReason] = useState("");
  const [done, setDone] = useState<Done | null>(null);
  const { person } = props;

  async function reissue() {
    const answer = await command(props.door.fair, "reissue-badge", {
      attendee: person.attendee,
      reason,
    });
    if (answer.ok) setDone(answer.value);
  }

  if (done) {
    return (
      <Dialog
        title={f.reissueTitle}
        onClose={props.onClose}
        actions={
          <Button look="primary" icon="scan" onPress={props.onClose}>
            {t.back}
          </Button>
        }
      >
        <Code name={person.name} label={f.newCode} badge={done.person?.badge ?? ""} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={person.name}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{words(common).cancel}</Button>
          <Button look="primary" icon="badge" onPress={reissue}>
            {f.reissue}
          </Button>
        </>
      }
    >
      <PersonLine person={person} />
      {person.badge && (
        <p>
          {f.code} <span class="code">{printed(person.badge)}</span>
        </p>
      )}
      <Notice>{f.reissueUnder}</Notice>
      <Field label={f.reason} value={reason} onInput={setReason} optional maxLength={200} />
    </Dialog>
  );
}

export function LetIn(props: { onLetIn: (reason: string) => unknown; onClose: () => void }) {
  const t = words(gate);
  const f = words(gateForms);
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={f.letInTitle}
      onClose={props.onClose}
      onSubmit={() => reason.trim() && props.onLetIn(reason)}
      actions={
        <>
          <Button onPress={props.onClose}>{words(common).cancel}</Button>
          <Button look="primary" icon="enter" type="submit" disabled={!reason.trim()}>
            {t.letIn}
          </Button>
        </>
      }
    >
      <Field label={f.letInReason} value={reason} onInput={setReason} autoFocus maxLength={200} />
    </Dialog>
  );
}
