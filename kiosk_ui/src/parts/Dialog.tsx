/** A question before the page: the browser's own modal dialog, so focus and Escape are its business. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { common } from "../core/words/everywhere";
import { Button } from "./Button";
import { words } from "./screen";

/** Opens a dialog element before everything else while the view stands, and gives the focus back.
 *  Unless a field asks for the focus, it goes to the heading and not to the closing button. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    const before = document.activeElement;
    shown.showModal();
    if (!document.activeElement?.matches("input, textarea, select")) {
      shown.querySelector<HTMLElement>("[tabindex='-1']")?.focus();
    }
    return () => {
      shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return dialog;
}

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
  const dialog = useModal();
  const title = useId();
  const inside = (
    <>
      <header class="head">
        <h2 id={title} tabIndex={-1}>
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
