/** What every page has: its language, its type size, its stream. Each remembers for itself. */

import { effect, signal } from "@preact/signals";
import { type Book, LANGUAGES, type Language, type Words } from "../core/i18n";
import { Settings } from "../core/settings";

/** The page's own name: `/gate` and `gate.html` are `gate`, `/` is `index`. */
export const screenName =
  location.pathname
    .split("/")
    .pop()
    ?.replace(/\.html$/, "") || "index";

export const query = new URLSearchParams(location.search);
export const settings = new Settings(screenName);

function firstLanguage(): Language {
  const wanted = query.get("lang") ?? settings.get("language");
  return LANGUAGES.find((known) => known === wanted) ?? "zh-CN";
}

export const language = signal<Language>(firstLanguage());
export const largeType = signal(settings.get("type") === "large");

effect(() => {
  document.documentElement.lang = language.value;
});

effect(() => {
  document.documentElement.dataset.type = largeType.value ? "large" : "normal";
});

export function switchLanguage(): void {
  language.value = language.value === "zh-CN" ? "en" : "zh-CN";
  settings.set("language", language.value);
}

export function switchType(): void {
  largeType.value = !largeType.value;
  settings.set("type", largeType.value ? "large" : "normal");
}

/** The words in the page's language. Reading them in a view makes it follow the switch. */
export function words<T>(book: Book<T>): Words<T> {
  return book[language.value];
}
