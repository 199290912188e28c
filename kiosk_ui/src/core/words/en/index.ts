import type { Index } from "../index";

const en: Index = {
  title: "Job fair desk",
  under: "Registration, door, queues, interviews and offers in one place",
  none: "There is no public fair yet.",
  staffHint: "Staff see fairs in preparation after signing in.",
  me: "I look for work",
  meUnder: "Register, follow your place, get offers",
  gate: "Gate",
  gateUnder: "Let people in, find them, register them",
  booth: "Booth",
  boothUnder: "Call, interview, agree, offer",
  wall: "Wall",
  wallUnder: "The hall's live figures",
  console: "Console",
  consoleUnder: "Fairs, lists, devices, figures",
  docs: "Interface",
  signedIn: "You are",
};

export default en;
