/** Accounts of the office and the door: added, given a new password, removed. */

import { useCallback, useEffect, useState } from "preact/hooks";
import type { District } from "../../core/server";
import { console_ } from "../../core/words/console";
import { common } from "../../core/words/everywhere";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { api, command, principals } from "../../parts/data";
import { Field, Select } from "../../parts/Field";
import { Panel } from "../../parts/Panel";
import { words } from "../../parts/screen";
import { Table } from "../../parts/Table";

type Account = District["staff"][number];

const ROLES = ["door", "door_lead", "organiser", "statistician", "admin"] as const;
type Role = (typeof ROLES)[number];

const PASSWORD_MIN = 8;

/** Only an administrator has business here. */
export function Staff() {
  const admin = principals.value?.some((who) => who.role === "admin") ?? false;
  return admin ? <Accounts /> : null;
}

function Accounts() {
  const t = words(console_);
  const roles = t.staffRole as Record<string, string>;
  const [accounts, setAccounts] = useState<Account[]>([]);
  const [asked, setAsked] = useState<{ account: Account; what: "password" | "remove" } | null>(
    null,
  );
  const load = useCallback(async () => {
    const answer = await api.get<District>("/api/district");
    if (answer.ok) setAccounts(answer.value.staff);
  }, []);
  useEffect(() => void load(), [load]);
  const done = async () => {
    setAsked(null);
    await load();
  };
  return (
    <Panel title={t.staff}>
      <Table
        caption={t.staff}
        rows={accounts}
        rowKey={(row) => row.staff}
        empty={words(common).nothingYet}
        columns={[
          { head: t.staffName, cell: (row) => <strong>{row.name}</strong> },
          { head: t.staffLogin, cell: (row) => row.login },
          { head: t.staffRoleHead, cell: (row) => roles[row.role] ?? row.role },
          {
            head: <span class="unseen">{words(common).more}</span>,
            end: true,
            cell: (row) => (
              <span class="row ends">
                <Button onPress={() => setAsked({ account: row, what: "password" })}>
                  {t.newPassword}
                </Button>
                <Button look="danger" onPress={() => setAsked({ account: row, what: "remove" })}>
                  {t.removeStaff}
                </Button>
              </span>
            ),
          },
        ]}
      />
      <Add onAdded={load} />
      {asked?.what === "password" && <NewPassword account={asked.account} onDone={done} />}
      {asked?.what === "remove" && <Remove account={asked.account} onDone={done} />}
    </Panel>
  );
}

function Add({ onAdded }: { onAdded: () => Promise<void> }) {
  const t = words(console_);
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("door");
  async function add() {
    const added = await command(null, "add-staff", { login, name, password, role });
    if (!added.ok) return;
    setLogin("");
    setName("");
    setPassword("");
    await onAdded();
  }
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={t.staffName} value={name} onInput={setName} maxLength={200} />
      <Field
        label={t.staffLogin}
        value={login}
        onInput={setLogin}
        maxLength={64}
        autoComplete="off"
      />
      <Field
        label={t.password}
        hint={t.passwordHint(PASSWORD_MIN)}
        type="password"
        value={password}
        onInput={setPassword}
        maxLength={200}
        autoComplete="new-password"
      />
      <Select
        label={t.staffRoleHead}
        value={role}
        onChoose={setRole}
        choices={ROLES.map((value) => ({ value, word: t.staffRole[value] }))}
      />
      <Button
        type="submit"
        icon="addPerson"
        disabled={!login || !name || password.length < PASSWORD_MIN}
      >
        {t.addStaff}
      </Button>
    </form>
  );
}

function NewPassword({ account, onDone }: { account: Account; onDone: () => Promise<void> }) {
  const t = words(console_);
  const [password, setPassword] = useState("");
  async function change() {
    const changed = await command(null, "change-password", { staff: account.staff, password });
    if (changed.ok) await onDone();
  }
  return (
    <Dialog
      title={`${t.newPassword}: ${account.name}`}
      onClose={onDone}
      onSubmit={change}
      actions={
        <Button type="submit" look="primary" disabled={password.length < PASSWORD_MIN}>
          {words(common).save}
        </Button>
      }
    >
      <p>{t.newPasswordUnder}</p>
      <Field
        label={t.password}
        hint={t.passwordHint(PASSWORD_MIN)}
        type="password"
        value={password}
        onInput={setPassword}
        autoComplete="new-password"
        maxLength={200}
      />
    </Dialog>
  );
}

function Remove({ account, onDone }: { account: Account; onDone: () => Promise<void> }) {
  const t = words(console_);
  async function remove() {
    const removed = await command(null, "remove-staff", { staff: account.staff });
    if (removed.ok) await onDone();
  }
  return (
    <Dialog
      title={t.removeStaffTitle(account.name)}
      onClose={onDone}
      actions={
        <>
          <Button onPress={onDone}>{words(common).cancel}</Button>
          <Button look="danger" onPress={remove}>
            {t.removeStaff}
          </Button>
        </>
      }
    >
      <p>{t.removeStaffUnder}</p>
    </Dialog>
  );
}
