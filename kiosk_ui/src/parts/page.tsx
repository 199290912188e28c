/** Puts a screen onto its page. */

import { type ComponentType, render } from "preact";
import "../tokens.css";
import "./parts.css";
import { Toasts } from "./Toasts";

export function mount(Screen: ComponentType): void {
  const page = document.getElementById("page");
  if (!page) throw new Error("the page has no #page");
  render(
    <>
      <Screen />
      <Toasts />
    </>,
    page,
  );
}
