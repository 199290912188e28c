/** Tablets and screens: pairing them by a code, seeing them, cutting them off. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { dayAndClock } from "../../core/i18n";
import type { Device } from "../../core/server";
import type { ConsoleTopic } from "../../core/topics";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { api, command } from "../../parts/data";
import { Field, Select } from "../../parts/Field";
import { Chip, Panel } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { Table } from "../../parts/Table";
import { sayProblem } from "../../parts/Toasts";

const LOOK_MS = 5000;

export function Devices({ fair, rows }: { fair: string; rows: ConsoleTopic }) {
  const t = words(console_);
  const [devices, setDevices] = useState<Device[]>([]);
  const [asked, setAsked] = useState<Device | null>(null);
  const load = useCallback(async () => {
    const answer = await api.get<{ devices: Device[] }>("/api/devices");
    if (answer.ok) setDevices(answer.value.devices.filter((device) => device.fair === fair));
  }, [fair]);
  useEffect(() => {
    void load();
    const timer = setInterval(load, LOOK_MS);
    return () => clearInterval(timer);
  }, [load]);
  async function revoke() {
    const done = await command(null, "revoke-device", { device: asked?.device });
    if (done.ok) setAsked(null);
    await load();
  }
  const newest = [...devices].sort((a, b) => b.paired_at - a.paired_at);
  return (
    <>
      <Pairing fair={fair} rows={rows} />
      <Panel title={t.devices}>
        <Table
          caption={t.devices}
          rows={newest}
          rowKey={(row) => row.device}
          empty={t.noDevices}
          columns={[
            { head: t.deviceName, cell: (row) => <strong>{row.name}</strong> },
            {
              head: t.deviceRole,
              cell: (row) => `${t.role[row.role]} ${row.gate || row.booth}`,
            },
            {
              head: t.lastSeen,
              cell: (row) =>
                row.last_seen_at ? dayAndClock(row.last_seen_at, language.value) : t.never,
            },
            {
              head: <span class="unseen">{t.revoke}</span>,
              end: true,
              cell: (row) =>
                row.revoked_at ? (
                  <Chip>{t.revoked}</Chip>
                ) : (
                  <Button look="danger" onPress={() => setAsked(row)}>
                    {t.revoke}
                  </Button>
                ),
            },
          ]}
        />
      </Panel>
      {asked && (
        <Dialog
          title={t.revokeTitle(asked.name)}
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button onPress={() => setAsked(null)}>{words(common).cancel}</Button>
              <Button look="danger" onPress={revoke}>
                {t.revoke}
              </Button>
            </>
          }
        >
          <p>{t.revokeUnder}</p>
        </Dialog>
      )}
    </>
  );
}

interface Offered {
  code: string;
  expires_at: number;
}

function Pairing({ fair, rows }: { fair: string; rows: ConsoleTopic }) {
  const t = words(console_);
  const [role, setRole] = useState<Device["role"]>("gate");
  const [place, setPlace] = useState("");
  const [name, setName] = useState("");
  const [offered, setOffered] = useState<Offered | null>(null);
  const places =
    role === "gate"
      ? Object.values(rows.gates).map((gate) => ({
          value: gate.gate,
          word: `${gate.gate} · ${gate.name}`,
        }))
      : Object.values(rows.booths).map((booth) => ({
          value: booth.booth,
          word: `${booth.booth} · ${booth.name}`,
        }));
  const chosen = places.find((found) => found.value === place) ?? places[0];
  async function offer() {
    const at = role === "wall" ? {} : { [role]: chosen?.value ?? "" };
    const title = name || `${t.role[role]} ${role === "wall" ? "" : (chosen?.value ?? "")}`.trim();
    const answer = await api.send<Offered>("POST", "/api/pairings", {
      role,
      fair,
      name: title,
      ...at,
    });
    if (answer.ok) setOffered(answer.value);
    else sayProblem(answer.problem);
  }
  return (
    <Panel title={t.pair}>
      <div class="stack">
        <p class="quiet">{t.pairUnder}</p>
        <div class="fields">
          <Select
            label={t.deviceRole}
            value={role}
            onChoose={setRole}
            choices={(["gate", "booth", "wall"] as const).map((value) => ({
              value,
              word: t.role[value],
            }))}
          />
          {role !== "wall" && (
            <Select
              label={role === "gate" ? t.gates : t.booth}
              value={chosen?.value ?? ""}
              onChoose={setPlace}
              choices={places}
            />
          )}
          <Field label={t.deviceName} value={name} onInput={setName} maxLength={200} optional />
          <Button look="primary" icon="plus" onPress={offer} disabled={role !== "wall" && !chosen}>
            {t.pair}
          </Button>
        </div>
        {offered && <Code offered={offered} />}
      </div>
    </Panel>
  );
}

function Code({ offered }: { offered: Offered }) {
  const t = words(console_);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((offered.expires_at - now) / 1000));
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <p class="pair-code" role="status">
      <strong>
        {offered.code.slice(0, 3)} {offered.code.slice(3)}
      </strong>
      <span class="quiet">{seconds ? t.expires(left) : t.expired}</span>
    </p>
  );
}
