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
  const title = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    const before = document.activeElement;
    shown.showModal();
    return () => {
      shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const inside = (
    <>
      <header>
        <h2 id={title}>{props.title}</h2>
        <Button look="bare" icon="cross" label={words(common).close} onPress={props.onClose} />
      </header>
      <div class="body stack">{props.children}</div>
      {props.actions && <footer>{props.actions}</footer>}
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
          style="display:contents"
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
