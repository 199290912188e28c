/** What is not needed for the first scan. The page is ready before these are here. */

import { alsoKnow } from "../../core/sentence";
import { entryProblems } from "../../core/words/entryProblems";

alsoKnow(entryProblems);

export { ChooseGate } from "./ChooseGate";
export { Details, LetIn } from "./Details";
export { DeviceSettings } from "./DeviceSettings";
export { WalkIn } from "./WalkIn";
