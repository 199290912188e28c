import { useEffect, useState } from "preact/hooks";
import type { FairSummary } from "../../core/server";
import type { ConsoleTopic } from "../../core/topics";
import { gate } from "../../core/words/gate";
import { gateForms } from "../../core/words/gateForms";
import { Button } from "../../parts/Button";
import { ChooseFair } from "../../parts/ChooseFair";
import { api } from "../../parts/data";
import { Field } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Panel } from "../../parts/Panel";
import { type Place, SignInHint } from "../../parts/Place";
import { words } from "../../parts/screen";
import { TopBar } from "../../parts/TopBar";

/** Opened by staff on a device that is not paired: which gate is this? */
export function ChooseGate(props: { place: Place | null; fairs: readonly FairSummary[] }) {
  if (props.place) return <Gates place={props.place} />;
  return (
    <>
      <TopBar title={words(gate).title} />
      <ChooseFair fairs={props.fairs} />
    </>
  );
}

function Gates({ place }: { place: Place }) {
  const f = words(gateForms);
  const [gates, setGates] = useState<ConsoleTopic["gates"]>({});
  const [typed, setTyped] = useState("");
  const fair = place.fair.fair;
  useEffect(() => {
    // Organisers may see the list; the door's staff types the number on the gate's sign.
    void api
      .get<{ snapshot: ConsoleTopic }>(`/api/fairs/${fair}/views/console`)
      .then((answer) => answer.ok && setGates(answer.value.snapshot.gates));
  }, [fair]);
  const address = (code: string) => `?${new URLSearchParams({ fair, gate: code })}`;
  return (
    <>
      <TopBar title={f.chooseGate} under={place.fair.name} />
      <main class="main narrow stack">
        <SignInHint />
        {Object.values(gates).map((found) => (
          <a key={found.gate} class="panel choice" href={address(found.gate)}>
            <Icon name="door" />
            <strong class="grow">
              {found.gate} · {found.name}
            </strong>
            <Icon name="next" />
          </a>
        ))}
        <Panel>
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim()) location.search = address(typed.trim());
            }}
          >
            <Field label={f.gateCode} value={typed} onInput={setTyped} maxLength={20} />
            <Button type="submit" look="primary" icon="next" disabled={!typed.trim()}>
              {f.open}
            </Button>
          </form>
        </Panel>
      </main>
    </>
  );
}
