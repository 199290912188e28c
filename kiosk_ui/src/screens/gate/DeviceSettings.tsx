/** What this device is set to: its scanner, its sound. */

import { feel } from "../../core/feedback";
import { gate } from "../../core/words/gate";
import { gateForms } from "../../core/words/gateForms";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field, Tick } from "../../parts/Field";
import { settings, words } from "../../parts/screen";
import { prefix, sound } from "./desk";

export function DeviceSettings({ onClose }: { onClose: () => void }) {
  const t = words(gate);
  const f = words(gateForms);
  return (
    <Dialog
      title={t.settings}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {t.back}
        </Button>
      }
    >
      <Field
        label={f.prefix}
        hint={f.prefixHint}
        value={prefix.value}
        maxLength={3}
        onInput={(value) => {
          prefix.value = value;
          settings.set("prefix", value);
        }}
      />
      <div class="row">
        <Tick
          checked={sound.value}
          onChange={(on) => {
            sound.value = on;
            settings.set("sound", on ? "on" : "off");
          }}
        >
          {f.sound}
        </Tick>
        <Button icon="bell" onPress={() => feel("good")}>
          {f.trySound}
        </Button>
      </div>
    </Dialog>
  );
}
