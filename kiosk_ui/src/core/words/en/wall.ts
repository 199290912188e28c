import type { Wall } from "../wall";

const en: Wall = {
  visitors: "Visitors so far",
  inside: "Inside now",
  enterprises: "Enterprises",
  positions: "Positions",
  headcount: "Vacancies",
  signUps: "Sign-ups",
  interviews: "Interviews",
  intentions: "Intentions",
  offers: "Offers",
  accepted: "Accepted",
  enterprisesTitle: "Enterprises here",
  positionsTitle: "Positions open",
  happeningsTitle: "Happening now",
  arrivalsTitle: "Arrivals",
  of: (left, headcount) => `${left} of ${headcount} left`,
  offered: (positions, headcount) => `${positions} positions · ${headcount} people`,
  nothing: "Waiting for the first visitors",
  someone: "A seeker",
  happened: {
    arrived: (who) => `${who} came in`,
    signed_up: (who, enterprise, booth) => `${who} signed up at ${booth}, ${enterprise}`,
    called: (who, enterprise, booth) => `${who} is called to ${booth}, ${enterprise}`,
    intention: (who, enterprise) => `${who} and ${enterprise} agreed on an intention`,
    offer_made: (who, enterprise) => `${enterprise} made ${who} an offer`,
    offer_accepted: (who, enterprise) => `${who} accepted an offer of ${enterprise}`,
  },
};

export default en;
