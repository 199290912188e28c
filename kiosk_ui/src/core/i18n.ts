/** Two languages, no library. Chinese is the source of truth; English is a type made from it, so a word
 *  that is missing, or takes other arguments, does not compile. */

export type Language = "zh-CN" | "en";
export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];

/** The same keys and the same arguments, other words. */
export type Words<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Words<T[K]>;
};

/** Words of one subject. Chinese comes with the page; English when somebody asks for it. */
export interface Book<T> {
  readonly zh: T;
  en: T | null;
  readonly load: () => Promise<{ default: T }>;
}

const books = new Set<Book<unknown>>();

export function book<T>(zh: T, load: () => Promise<{ default: T }>): Book<T> {
  const made: Book<T> = { zh, en: null, load };
  books.add(made as Book<unknown>);
  return made;
}

/** The English of every book the page has. Fails where the network does. */
export async function loadEnglish(): Promise<void> {
  await Promise.all([...books].map(async (one) => (one.en ??= (await one.load()).default)));
}

export function read<T>(from: Book<T>, language: Language): T {
  return (language === "en" && from.en) || from.zh;
}

/** Where the fair is. All clocks on all screens say its time, whatever the device believes. */
export const ZONE = "Asia/Shanghai";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone: ZONE, hourCycle: "h23", ...options });
    formats.set(key, found);
  }
  return found;
}

/** `10:42` */
export function clock(at: number, language: Language): string {
  return format(language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** `10:42:07` */
export function clockSeconds(at: number, language: Language): string {
  const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return format(language, parts).format(at);
}

/** `11月23日 10:42`, `23 Nov, 10:42` */
export function dayAndClock(at: number, language: Language): string {
  const parts = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return format(language, parts).format(at);
}

/** An ISO date as people read it; one day, or the days from … to. */
export function days(startsOn: string, endsOn: string, language: Language): string {
  const parts = { year: "numeric", month: "long", day: "numeric", weekday: "short" } as const;
  const day = (on: string) => format(language, parts).format(new Date(`${on}T12:00:00+08:00`));
  return startsOn === endsOn || !endsOn ? day(startsOn) : `${day(startsOn)} – ${day(endsOn)}`;
}

export function count(value: number, language: Language): string {
  return value.toLocaleString(language);
}

/** What a position pays a month; "negotiable" where nothing was said. */
export function pay(min: number, max: number, language: Language): string {
  const zh = language === "zh-CN";
  if (!min && !max) return zh ? "薪资面议" : "Pay negotiable";
  const low = count(min || max, language);
  const range = max && min && max !== min ? `${low}–${count(max, language)}` : low;
  return zh ? `${range} 元/月` : `¥${range} a month`;
}
