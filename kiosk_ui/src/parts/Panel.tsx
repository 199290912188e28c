/** A sheet of paper on the desk, with a title and what can be done with it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Level } from "../core/topics";
import { Icon, type IconName } from "./Icon";

export function Panel(props: {
  title?: ComponentChildren;
  /** Beside the title: buttons, a chip. */
  aside?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}) {
  const id = useId();
  return (
    <section class={`panel ${props.class ?? ""}`} aria-labelledby={props.title ? id : undefined}>
      {props.title && (
        <header>
          <h2 id={id}>{props.title}</h2>
          {props.aside}
        </header>
      )}
      <div class="body">{props.children}</div>
    </section>
  );
}

/** Where there is nothing, say so. */
export function Empty({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}

/** A figure and what it counts. */
export function Stat(props: { label: string; value: ComponentChildren; big?: boolean }) {
  return (
    <div class={props.big ? "stat big" : "stat"}>
      <span class="value">{props.value}</span>
      <span class="label">{props.label}</span>
    </div>
  );
}

/** How much of how many; the numbers stand beside it in words. */
export function Meter(props: { value: number; of: number; level?: Level }) {
  const percent = props.of > 0 ? Math.min(100, (100 * props.value) / props.of) : 0;
  return (
    <div class={`meter ${props.level ?? "green"}`} aria-hidden="true">
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

export type Tone = "plain" | "accent" | "good" | "look" | "bad";

/** A state in a word. The icon says it a second time where colour would say it alone. */
export function Chip(props: { tone?: Tone; icon?: IconName; children: ComponentChildren }) {
  return (
    <span class={`chip tone-${props.tone ?? "plain"}`}>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </span>
  );
}

const NOTICE_ICONS: Record<Tone, IconName> = {
  plain: "info",
  accent: "info",
  good: "check",
  look: "alert",
  bad: "alert",
};

/** A sentence that matters. Bad ones are read out at once. */
export function Notice(props: { tone?: Tone; icon?: IconName; children: ComponentChildren }) {
  const tone = props.tone ?? "plain";
  return (
    <div class={`notice tone-${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon name={props.icon ?? NOTICE_ICONS[tone]} />
      <div class="grow">{props.children}</div>
    </div>
  );
}
