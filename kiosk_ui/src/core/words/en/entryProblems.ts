import type { EntryProblems } from "../entryProblems";

const en: EntryProblems = {
  registration_closed: "Registration is not open.",
  consent_needed: "The person must agree to the privacy notice.",
  consent_twice: "The same notice was given twice.",
  consent_text_unknown: "No privacy notice has been published yet. Ask the organiser.",
  consent_outdated: "The notice has changed. Read the new one before agreeing.",
  already_registered: "This person is registered already.",
  name: "Please check the name.",
  phone: "Please check the phone number.",
  wrong_login: "Wrong login or password.",
  pairing_code_unknown: "That code is wrong or has expired. Ask for a new one.",
};

export default en;
