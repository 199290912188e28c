/** What was scanned or typed: a badge, or somebody's name? The server decides what is valid; this only
 *  decides where to ask. */

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** `k7mq-3xp` → `K7MQ3XP` where it has the form of a short code of this fair, else null. */
export function shortCode(text: string, fairNumber: number): string | null {
  const code = text
    .normalize("NFKC")
    .replace(/[\s\-_.‐-―]/g, "")
    .toUpperCase();
  if (code.length !== 7) return null;
  let total = fairNumber;
  for (let at = 0; at < 7; at++) {
    const digit = ALPHABET.indexOf(code.charAt(at));
    if (digit < 0) return null;
    total += at < 6 ? (at + 2) * digit : digit;
  }
  return total % 31 === 0 ? code : null;
}

/** Whether to ask for a badge rather than for a name: an address, a token, or a short code. */
export function looksLikeBadge(text: string, fairNumber: number): boolean {
  const trimmed = text.trim();
  return /[/:]/.test(trimmed) || trimmed.length > 40 || shortCode(trimmed, fairNumber) !== null;
}

/** `K7MQ3XP` → `K7MQ-3XP`, as printed. */
export function printed(code: string): string {
  return code.length === 7 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}
