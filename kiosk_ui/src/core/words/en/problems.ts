import { clock } from "../../i18n";
import { fact } from "../../problem";
import type { Problems } from "../problems";

const en: Problems = {
  unreachable: "The server can't be reached. Check the network and try again.",
  server_error: "The server failed. Try again in a moment, or call the technician.",
  internal: "The server failed. Try again in a moment, or call the technician.",
  log_unavailable:
    "The server can't save right now, so nothing was changed. Try again in a moment.",
  overloaded: "Too busy right now. Try again in a moment.",
  come_back: "Too busy right now; reconnecting.",
  bad_json: "What was sent could not be read.",
  bad_request: "What was sent could not be read.",
  bad_message: "What was sent could not be read.",
  message_too_large: "What was sent is too large.",
  body_too_large: "What was sent is too large.",
  invalid_input: (f) =>
    f.path ? `Please check this entry: ${fact(f.path)}` : "Please check what was entered.",
  not_signed_in: "Please sign in first.",
  not_allowed: "Your account or device may not do this.",
  bad_origin: "Please use this system's own pages.",
  link_not_valid: "This link is no longer valid. Ask the staff for a new one.",
  not_found: "Not found.",
  fair_not_found: "This fair was not found.",
  method_not_allowed: "That can't be done here.",
  command_unknown: "That can't be done here.",
  too_many_attempts: (f) =>
    f.retry_after_s
      ? `Too many attempts. Try again in ${fact(f.retry_after_s)} seconds.`
      : "Too many attempts. Try again later.",
  too_many_topics: "Too much is open at once. Close something.",
  topic_unknown: "Not found.",
  attendee_or_badge: "Scan a badge, or choose a person.",
  attendee_unknown: "This person was not found.",
  attendee_erased: "This person asked to be forgotten.",
  not_a_badge: "This is not one of our badges.",
  badge_unknown: "No such badge was issued.",
  badge_forged: "The badge's signature is wrong; it may be forged.",
  badge_revoked: (f) => {
    const at = typeof f.reissued_at === "number" && clock(f.reissued_at, "en");
    return at ? `This badge is void: a new one was issued at ${at}.` : "This badge is void.";
  },
  other_fair: "This badge belongs to another fair.",
  hall_full: (f) => `The hall is full (${fact(f.occupancy)}/${fact(f.red)}). Please wait.`,
  fair_not_live: "The fair is not open at the moment.",
  gate_unknown: "There is no such gate.",
  unknown: (f) => `That did not work (${fact(f.code)}).`,
};

export default en;
