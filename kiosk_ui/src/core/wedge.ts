/** A scanner that types. Its codes are framed by a prefix and Enter, whatever the focus is on.
 *
 *  Never by typing speed: under load that cuts codes in two. Without a prefix the scanner types into
 *  the scan field like a person, and Enter ends the code there. */

export const CODE_MAX = 400;

export interface Key {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly metaKey?: boolean;
}

export type Fed =
  /** Not part of a code: the key is whoever's has the focus. */
  | { kind: "passed" }
  /** Part of a code: nobody else may see it. */
  | { kind: "taken" }
  | { kind: "code"; code: string };

const PASSED: Fed = { kind: "passed" };
const TAKEN: Fed = { kind: "taken" };

export class Wedge {
  readonly #prefix: string;
  #code: string | null = null;
  #matched = "";

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  feed(key: Key): Fed {
    if (!this.#prefix) return PASSED;
    return this.#code === null ? this.#outside(key) : this.#inside(key, this.#code);
  }

  #outside({ key }: Key): Fed {
    if (key.length !== 1) {
      // Shift and the like come between a prefix's characters; anything else ends it.
      if (!MODIFIERS.has(key)) this.#matched = "";
      return PASSED;
    }
    const next = this.#matched + key;
    if (this.#prefix === next) {
      this.#matched = "";
      this.#code = "";
      return TAKEN;
    }
    this.#matched = this.#prefix.startsWith(next) ? next : this.#prefix.startsWith(key) ? key : "";
    return this.#matched ? TAKEN : PASSED;
  }

  #inside(key: Key, code: string): Fed {
    if (key.key === "Enter") {
      this.#code = null;
      return code ? { kind: "code", code } : TAKEN;
    }
    if (key.key === "Escape") {
      this.#code = null;
      return TAKEN;
    }
    if (key.key.length === 1 && !key.ctrlKey && !key.altKey && !key.metaKey) {
      // A prefix that somebody typed by hand does not swallow the keyboard for ever.
      this.#code = code.length < CODE_MAX ? code + key.key : null;
    }
    return TAKEN;
  }
}

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock"]);
