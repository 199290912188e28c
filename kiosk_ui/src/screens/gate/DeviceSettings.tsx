/** What this device is set to: its scanner, its sound. */

import { feel } from "../../core/feedback";
import { gate } from "../../core/words/gate";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field, Tick } from "../../parts/Field";
import { settings, words } from "../../parts/screen";
import { prefix, sound } from "./desk";

export function DeviceSettings({ onClose }: { onClose: () => void }) {
  const t = words(gate);
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
        label={t.prefix}
        hint={t.prefixHint}
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
          {t.sound}
        </Tick>
        <Button icon="bell" onPress={() => feel("good")}>
          {t.trySound}
        </Button>
      </div>
    </Dialog>
  );
}
