/** Where a device page stands: its fair, and its gate or booth. From the pairing, else from the
 *  address, else a member of staff chooses. */

import { useEffect, useState } from "preact/hooks";
import type { FairSummary, Principal } from "../core/server";
import { common } from "../core/words/everywhere";
import { Button } from "./Button";
import { loadFairs, loadSession, principals } from "./data";
import { Notice } from "./Panel";
import { query, screenName, words } from "./screen";

export interface Place {
  fair: FairSummary;
  gate: string;
  booth: string;
}

/** `undefined` while asking, null where nobody has said. */
export interface Standing {
  place: Place | null;
  fairs: readonly FairSummary[];
  known: boolean;
}

function bound(found: readonly Principal[], kind: "gate" | "booth"): Principal | undefined {
  return found.find((principal) => principal.kind === "device" && principal[kind] !== "");
}

export function usePlace(kind: "gate" | "booth"): Standing {
  const [standing, setStanding] = useState<Standing>({ place: null, fairs: [], known: false });
  useEffect(() => {
    let stopped = false;
    void Promise.all([loadSession(), loadFairs()]).then(([who, fairs]) => {
      if (stopped) return;
      const device = bound(who, kind);
      const code = query.get("fair") ?? device?.fair ?? (fairs.length === 1 ? fairs[0]?.fair : "");
      const fair = fairs.find((found) => found.fair === code);
      const gate = query.get("gate") ?? device?.gate ?? "";
      const booth = query.get("booth") ?? device?.booth ?? "";
      setStanding({ place: fair ? { fair, gate, booth } : null, fairs, known: true });
    });
    return () => {
      stopped = true;
    };
  }, [kind]);
  return standing;
}

/** Nobody signed in: what to do about it. */
export function SignInHint() {
  if (principals.value === null || principals.value.length > 0) return null;
  const back = `/login?next=${encodeURIComponent(`/${screenName}${location.search}`)}`;
  return (
    <Notice tone="look" icon="lock">
      <p>{words(common).signInFirst}</p>
      <p>
        <Button look="primary" href={back}>
          {words(common).signIn}
        </Button>
      </p>
    </Notice>
  );
}
