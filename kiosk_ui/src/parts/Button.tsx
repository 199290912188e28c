/** A button that cannot be pressed twice: while what it started runs, it is busy. */

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./Icon";

interface ButtonProps {
  children?: ComponentChildren;
  /** What it does. A promise keeps it busy until it settles. */
  onPress?: () => unknown;
  look?: "plain" | "primary" | "danger" | "bare";
  icon?: IconName;
  big?: boolean;
  wide?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  /** Needed where there is an icon and no word. */
  label?: string;
  pressed?: boolean;
  /** Makes it a link that looks like a button. */
  href?: string;
  busy?: boolean;
}

export function Button(props: ButtonProps) {
  const { look = "plain", type = "button" } = props;
  const [running, setRunning] = useState(false);
  const gone = useRef(false);
  const busy = running || props.busy === true;
  const names = ["button", look, props.big && "big", props.wide && "wide"];
  const shared = { class: names.filter(Boolean).join(" "), "aria-label": props.label };
  const inside = (
    <>
      {busy ? <Icon name="refresh" /> : props.icon && <Icon name={props.icon} />}
      {props.children}
    </>
  );
  if (props.href !== undefined) {
    return (
      <a {...shared} href={props.href}>
        {inside}
      </a>
    );
  }
  async function press() {
    const running = props.onPress?.();
    if (!(running instanceof Promise)) return;
    setRunning(true);
    try {
      await running;
    } finally {
      if (!gone.current) setRunning(false);
    }
  }
  return (
    <button
      {...shared}
      type={type}
      disabled={props.disabled === true || busy}
      aria-busy={busy}
      aria-pressed={props.pressed}
      onClick={props.onPress && press}
    >
      {inside}
    </button>
  );
}

interface Choice<T extends string> {
  value: T;
  word: string;
  icon?: IconName;
}

/** One of a few, all of them visible. */
export function Segments<T extends string>(props: {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="segments" aria-label={props.label}>
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === props.value}
          onClick={() => props.onChoose(choice.value)}
        >
          {choice.icon && <Icon name={choice.icon} />}
          {choice.word}
        </button>
      ))}
    </fieldset>
  );
}

/** Parts of a page, one shown at a time. The screen shows the part that `value` names. */
export function Tabs<T extends string>(props: {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChoose: (value: T) => void;
}) {
  const { choices, value } = props;
  function move(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = choices.findIndex((choice) => choice.value === value);
    const next = choices[(at + step + choices.length) % choices.length];
    if (!step || !next) return;
    event.preventDefault();
    props.onChoose(next.value);
    const tabs = (event.currentTarget as HTMLElement).children;
    (tabs[choices.indexOf(next)] as HTMLElement | undefined)?.focus();
  }
  return (
    <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="tab"
          aria-selected={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => props.onChoose(choice.value)}
        >
          {choice.word}
        </button>
      ))}
    </div>
  );
}
