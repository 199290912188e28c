/** The head of every page: where one is, how fresh it is, and the switches. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { clockSeconds } from "../core/i18n";
import type { Freshness as Fresh, Stream } from "../core/stream";
import { common } from "../core/words/everywhere";
import { Button } from "./Button";
import { Mark } from "./Icon";
import { language, largeType, switchLanguage, switchType, words } from "./screen";

export function TopBar(props: {
  title: string;
  under?: ComponentChildren;
  stream?: Stream | null;
  /** On what a seeker sees: the large-type switch. */
  typeSwitch?: boolean;
  /** Kiosks have nowhere else to go. */
  home?: boolean;
  children?: ComponentChildren;
}) {
  const t = words(common);
  return (
    <header class="topbar">
      {props.home === false ? (
        <Mark />
      ) : (
        <a class="home" href="/" aria-label={t.home}>
          <Mark />
        </a>
      )}
      <div class="where">
        <h1>{props.title}</h1>
        {props.under && <p>{props.under}</p>}
      </div>
      <div class="tools">
        {props.stream && <Freshness stream={props.stream} />}
        {props.children}
        {props.typeSwitch && (
          <Button look="bare" icon="type" onPress={switchType} pressed={largeType.value}>
            {largeType.value ? t.normalType : t.largeType}
          </Button>
        )}
        <LanguageSwitch />
      </div>
    </header>
  );
}

/** Says the other language's own name: who needs it can read it. */
export function LanguageSwitch() {
  const other = language.value === "en" ? "zh-CN" : "en";
  return (
    <Button look="bare" icon="language" onPress={() => switchLanguage(other)}>
      <span lang={other}>{words(common).language}</span>
    </Button>
  );
}

export function useFreshness(stream: Stream): Fresh {
  const [freshness, setFreshness] = useState(stream.freshness);
  useEffect(() => stream.watch(setFreshness), [stream]);
  return freshness;
}

/** Live, or how old what is shown may be. */
export function Freshness({ stream }: { stream: Stream }) {
  const t = words(common);
  const { live, asOf } = useFreshness(stream);
  return (
    <span class={live ? "freshness live" : "freshness stale"} role="status">
      <span class="dot" />
      {live ? t.live : asOf ? t.asOf(clockSeconds(asOf, language.value)) : t.connecting}
    </span>
  );
}
