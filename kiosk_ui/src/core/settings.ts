/** What a screen remembers for itself: turning the tablet's language never turns the wall's.
 *
 *  Kept by screen, and by fair or device where `scope` says so. Storage may be missing or full (private
 *  windows, kiosk profiles); then a setting lasts as long as the page. */

const memory = new Map<string, string>();

export class Settings {
  readonly #prefix: string;

  constructor(screen: string, scope = "") {
    this.#prefix = `fairdesk.${screen}${scope ? `.${scope}` : ""}.`;
  }

  get(name: string): string | null {
    const key = this.#prefix + name;
    try {
      return localStorage.getItem(key) ?? memory.get(key) ?? null;
    } catch {
      return memory.get(key) ?? null;
    }
  }

  set(name: string, value: string): void {
    const key = this.#prefix + name;
    memory.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {
      // It stays in memory.
    }
  }
}
