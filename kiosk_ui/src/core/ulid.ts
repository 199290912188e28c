/** Ids that anybody can make: 26 characters of Crockford's base 32, time first (48 bits of ms, then
 *  80 random bits). A command keeps its id through every retry. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newId(now: number = Date.now()): string {
  let time = "";
  for (let rest = now, at = 0; at < 10; at++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const random = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(random, (byte) => ALPHABET.charAt(byte % 32)).join("");
}
