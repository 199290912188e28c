/** A labelled input with its hint and what is wrong with it, tied together for readers. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { common } from "../core/words/everywhere";
import { Icon } from "./Icon";
import { words } from "./screen";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: "text" | "tel" | "password" | "number" | "date" | "datetime-local" | "search";
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  disabled?: boolean;
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "tel" | "decimal";
  maxLength?: number;
  placeholder?: string;
  autoFocus?: boolean;
  min?: number | string;
  max?: number | string;
  /** Lines: more than one makes it a text area. */
  lines?: number;
}

export function Field(props: FieldProps) {
  const id = useId();
  const { label, value, onInput, hint, error, optional, lines, autoFocus, type, ...rest } = props;
  const shared = {
    ...rest,
    id,
    class: "input",
    value,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": hint || error ? `${id}-about` : undefined,
    autoFocus,
  };
  return (
    <div class="field">
      <Label id={id} label={label} optional={optional === true} />
      {lines && lines > 1 ? (
        <textarea
          {...shared}
          rows={lines}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          // The cast: types of the view library allow one `type` at a time.
          type={type as "text"}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
      <About id={id} hint={hint} error={error} />
    </div>
  );
}

export function Select<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; word: string }[];
  onChoose: (value: T) => void;
  hint?: string;
  error?: string;
  optional?: boolean;
}) {
  const id = useId();
  return (
    <div class="field">
      <Label id={id} label={props.label} optional={props.optional === true} />
      <select
        id={id}
        class="input"
        value={props.value}
        aria-invalid={props.error ? true : undefined}
        onChange={(event) => props.onChoose(event.currentTarget.value as T)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.word}
          </option>
        ))}
      </select>
      <About id={id} hint={props.hint} error={props.error} />
    </div>
  );
}

/** A tick with its sentence: agreeing, switching on. */
export function Tick(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.children}</span>
    </label>
  );
}

function Label({ id, label, optional }: { id: string; label: string; optional: boolean }) {
  return (
    <label for={id}>
      {label}
      {optional && <span class="quiet">{words(common).optional}</span>}
    </label>
  );
}

function About(props: { id: string; hint?: string | undefined; error?: string | undefined }) {
  if (!props.hint && !props.error) return null;
  return (
    <p id={`${props.id}-about`} class={props.error ? "error" : "quiet"}>
      {props.error && <Icon name="alert" />}
      {props.error ?? props.hint}
    </p>
  );
}
