/** Puts a screen onto its page. */

import { type ComponentType, render } from "preact";
import "../tokens.css";
import "./parts.css";
import { firstLanguage } from "./screen";
import { Toasts } from "./Toasts";

export async function mount(Screen: ComponentType): Promise<void> {
  const page = document.getElementById("page");
  if (!page) throw new Error("the page has no #page");
  await firstLanguage();
  render(
    <>
      <Screen />
      <Toasts />
    </>,
    page,
  );
}
