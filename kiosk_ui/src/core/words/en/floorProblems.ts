import { fact } from "../../problem";
import type { FloorProblems } from "../floorProblems";

const en: FloorProblems = {
  booth_unknown: "There is no such booth.",
  booth_not_here: "This enterprise has not checked in yet.",
  position_unknown: "There is no such position.",
  position_withdrawn: "This position was withdrawn.",
  sign_up_unknown: "There is no such sign-up.",
  already_signed_up: (f) => `Already signed up, with number ${fact(f.ticket)}.`,
  not_yours: "This badge belongs to someone else.",
  sign_up_is: "This has changed meanwhile. Look at how it stands now.",
  queue_empty: "Nobody is waiting.",
  all_busy_elsewhere: "Everyone waiting is being interviewed at another booth.",
  recalled_enough: "Called three times already. Put on hold, or mark as no-show.",
  busy_elsewhere: "This person is at another booth right now.",
  not_interviewed: "There has been no interview yet.",
  intention_exists: "An intention is already recorded.",
  intention_unknown: "There is no such intention.",
  offer_exists: "There is an offer already. Withdraw it first.",
  offer_unknown: "There is no such offer.",
  offer_is: "This offer has changed meanwhile.",
  offer_already_expired: "That time has passed.",
  headcount_filled: "This position is filled.",
};

export default en;
