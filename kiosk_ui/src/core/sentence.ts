/** A refusal in a sentence. A page that meets more than the usual ones puts their book on the shelf. */

import { type Book, type Language, read } from "./i18n";
import { type Facts, fact, type Problem } from "./problem";
import { common } from "./words/everywhere";
import { problems } from "./words/problems";

type Sentences = Record<string, string | ((facts: Facts) => string)>;

const shelf: Book<object>[] = [problems];

export function alsoKnow(...books: Book<object>[]): void {
  shelf.push(...books);
}

export function sentence(problem: Problem, language: Language): string {
  for (const one of shelf) {
    const known = read(one, language) as Sentences;
    const found = Object.hasOwn(known, problem.code) ? known[problem.code] : undefined;
    if (found !== undefined) return worded(found, problem, language);
  }
  return read(problems, language).unknown({ code: problem.code });
}

function worded(found: Sentences[string], problem: Problem, language: Language): string {
  if (typeof found === "function") return found(problem.facts);
  // "It has changed meanwhile": to what?
  const words = read(common, language);
  const states: Record<string, string> = { ...words.signUpState, ...words.offerState };
  const state = states[fact(problem.facts.state)];
  return state ? `${found} (${state})` : found;
}
