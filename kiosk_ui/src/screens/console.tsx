/** The organiser's desk: the fairs, and one of them in parts. */

import { useEffect, useState } from "preact/hooks";
import { alsoKnow, sentence } from "../core/sentence";
import type { FairSummary } from "../core/server";
import type { ConsoleTopic } from "../core/topics";
import { console_ } from "../core/words/console";
import { common } from "../core/words/everywhere";
import { floorProblems } from "../core/words/floorProblems";
import { officeProblems } from "../core/words/officeProblems";
import { Tabs } from "../parts/Button";
import { loadFairs, loadSession, streamOf, useTopic } from "../parts/data";
import { Notice } from "../parts/Panel";
import { mount } from "../parts/page";
import { language, query, words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";
import { Attention } from "./console/Attention";
import { Devices } from "./console/Devices";
import { Fairs } from "./console/Fairs";
import { Figures } from "./console/Figures";
import { Lists } from "./console/Lists";
import { Overview } from "./console/Overview";
import "./console/console.css";

alsoKnow(officeProblems, floorProblems);

function Screen() {
  const t = words(console_);
  const [fairs, setFairs] = useState<FairSummary[] | null>(null);
  useEffect(() => {
    void loadSession();
    void loadFairs().then(setFairs);
  }, []);
  const fair = fairs?.find((found) => found.fair === query.get("fair"));
  if (fair) return <OneFair fair={fair} />;
  return (
    <>
      <TopBar title={t.title} under={t.allFairs} />
      <main class="main desk stack">{fairs && <Fairs fairs={fairs} />}</main>
    </>
  );
}

const PARTS = ["overview", "devices", "lists", "report", "attention"] as const;
type Part = (typeof PARTS)[number];

function partInAddress(): Part {
  const asked = location.hash.slice(1);
  return PARTS.find((part) => part === asked) ?? "overview";
}

function OneFair({ fair }: { fair: FairSummary }) {
  const t = words(console_);
  const stream = streamOf(fair.fair);
  const { rows, problem } = useTopic<ConsoleTopic>(stream, "console");
  const [part, setPart] = useState<Part>(partInAddress);
  const waiting = rows
    ? Object.values(rows.suspicions).filter((found) => !found.merged).length +
      Object.keys(rows.flags).length
    : 0;
  function choose(next: Part) {
    history.replaceState(null, "", `#${next}`);
    setPart(next);
  }
  const word = (name: Part) =>
    name === "attention" && waiting ? `${t[name]} (${waiting})` : t[name];
  return (
    <>
      <TopBar title={fair.name} under={fair.venue_name} stream={stream}>
        <a href="/console">{t.allFairs}</a>
      </TopBar>
      <main class="main desk stack">
        <Tabs
          label={t.tabs}
          value={part}
          onChoose={choose}
          choices={PARTS.map((name) => ({ value: name, word: word(name) }))}
        />
        {problem && <Notice tone="bad">{sentence(problem, language.value)}</Notice>}
        {!rows && !problem && <p class="quiet">{words(common).loading}</p>}
        {rows && part === "overview" && <Overview fair={fair.fair} rows={rows} />}
        {rows && part === "devices" && <Devices fair={fair.fair} rows={rows} />}
        {part === "lists" && <Lists fair={fair.fair} />}
        {part === "report" && <Figures fair={fair.fair} />}
        {rows && part === "attention" && <Attention fair={fair.fair} rows={rows} />}
      </main>
    </>
  );
}

void mount(Screen);
