/** Short news at the foot of the page: what was done, or why not. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../core/problem";
import { sentence } from "../core/sentence";
import { Icon } from "./Icon";
import { language } from "./screen";

interface Toast {
  id: number;
  tone: "plain" | "good" | "bad";
  text: string;
}

const SHOWN_MAX = 3;
const SHOWN_MS = 5_000;

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

export function say(text: string, tone: Toast["tone"] = "plain"): void {
  const id = ++lastId;
  const kept = toasts.value.filter((toast) => toast.text !== text);
  toasts.value = [...kept, { id, tone, text }].slice(-SHOWN_MAX);
  setTimeout(() => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }, SHOWN_MS);
}

export function sayProblem(problem: Problem): void {
  say(sentence(problem, language.value), "bad");
}

export function Toasts() {
  const box = useRef<HTMLDivElement>(null);
  const shown = toasts.value;
  useEffect(() => {
    // A popover shown again stands above the dialog that was opened since.
    const popover = box.current;
    // A browser without popovers shows them where they stand.
    if (!popover?.showPopover) return;
    popover.popover = "manual";
    if (popover.matches(":popover-open")) popover.hidePopover();
    if (shown.length > 0) popover.showPopover();
  }, [shown]);
  return (
    <div ref={box} class="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} class={`toast ${toast.tone}`}>
          <Icon name={toast.tone === "bad" ? "alert" : "check"} />
          <span>{toast.text}</span>
        </div>
      ))}
    </div>
  );
}
