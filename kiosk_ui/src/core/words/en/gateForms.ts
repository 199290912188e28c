import type { GateForms } from "../gateForms";

const en: GateForms = {
  letInTitle: "Let in above the limit",
  letInReason: "Reason",
  walkInTitle: "Register a walk-in",
  name: "Name",
  phone: "Mobile number",
  lookingFor: "What work are they looking for",
  lookingForHint: "For example: electrician, customer service, nursery teacher",
  consentTitle: "Privacy notice",
  agree: "The person has read this and agrees",
  noConsent: "No privacy notice has been published, so nobody can be registered yet.",
  maybeSame: "May be registered already",
  samePerson: "This is the person",
  register: "Register",
  registerAndIn: "Register and let in",
  registered: "Registered",
  code: "Badge code",
  sharesPhone: "Shares a phone with somebody; the organiser was told.",
  reissue: "Reissue badge",
  reissueTitle: "Reissue badge",
  reissueUnder: "The badge before becomes void at once.",
  reason: "Reason",
  newCode: "New code",
  prefix: "Scanner prefix",
  prefixHint:
    "Sent by the scanner before each code, with Enter after it. Empty: it types into the field.",
  sound: "Sound and vibration",
  trySound: "Try it",
  chooseGate: "Choose a gate",
  gateCode: "Gate number",
  open: "Open",
};

export default en;
