/** A question before the page: the browser's own modal dialog, so focus and Escape are its business. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { common } from "../core/words/common";
import { Button } from "./Button";
import { words } from "./screen";

export function Dialog(props: {
  title: string;
  onClose: () => void;
  /** The buttons, the one that goes on last. */
  actions?: ComponentChildren;
  children: ComponentChildren;
  wide?: boolean;
  /** Makes it a form: Enter in a field goes on too. */
  onSubmit?: () => unknown;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const title = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    const before = document.activeElement;
    shown.showModal();
    // Unless a field asked for the focus, it is the title's and not the closing button's.
    if (!document.activeElement?.matches("input, textarea, select")) heading.current?.focus();
    return () => {
      shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const inside = (
    <>
      <header class="head">
        <h2 ref={heading} id={title} tabIndex={-1}>
          {props.title}
        </h2>
        <Button look="bare" icon="cross" label={words(common).close} onPress={props.onClose} />
      </header>
      <div class="inside stack">{props.children}</div>
      {props.actions && <footer class="foot">{props.actions}</footer>}
    </>
  );
  return (
    <dialog
      ref={dialog}
      class={props.wide ? "dialog wide" : "dialog"}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      {props.onSubmit ? (
        <form
          class="whole"
          onSubmit={(event) => {
            event.preventDefault();
            props.onSubmit?.();
          }}
        >
          {inside}
        </form>
      ) : (
        inside
      )}
    </dialog>
  );
}
