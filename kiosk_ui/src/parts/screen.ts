/** What every page has: its language, its type size, its stream. Each remembers for itself. */

import { effect, signal } from "@preact/signals";
import { type Book, type Language, loadEnglish, read } from "../core/i18n";
import { Settings } from "../core/settings";

/** The page's own name: `/gate` and `gate.html` are `gate`, `/` is `index`. */
export const screenName =
  location.pathname
    .split("/")
    .pop()
    ?.replace(/\.html$/, "") || "index";

export const query = new URLSearchParams(location.search);
export const settings = new Settings(screenName);

export const language = signal<Language>("zh-CN");
export const largeType = signal(settings.get("type") === "large");

effect(() => {
  document.documentElement.lang = language.value;
});

effect(() => {
  document.documentElement.dataset.type = largeType.value ? "large" : "normal";
});

/** Chinese, unless this screen was switched or the address says otherwise. */
export async function firstLanguage(): Promise<void> {
  if ((query.get("lang") ?? settings.get("language")) === "en") await switchLanguage("en");
}

/** Stays as it is where English cannot be had. */
export async function switchLanguage(to: Language): Promise<void> {
  if (
    to === "en" &&
    !(await loadEnglish().then(
      () => true,
      () => false,
    ))
  )
    return;
  language.value = to;
  settings.set("language", to);
}

/** A part of the page that comes later, once the words it brings are here in the page's language. */
export async function later<T>(part: Promise<T>): Promise<T> {
  const here = await part;
  if (language.value === "en") await loadEnglish().catch(() => {});
  return here;
}

export function switchType(): void {
  largeType.value = !largeType.value;
  settings.set("type", largeType.value ? "large" : "normal");
}

/** The words in the page's language. Reading them in a view makes it follow the switch. */
export function words<T>(book: Book<T>): T {
  return read(book, language.value);
}
