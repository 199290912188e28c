/** The words somebody agrees to, whole, with the tick below them. */

import type { ComponentChildren } from "preact";
import type { FairTopic, Purpose } from "../core/topics";
import { Tick } from "./Field";
import { language } from "./screen";

export type ConsentText = NonNullable<FairTopic["consents"][Purpose]>;

export function Consent(props: {
  title: string;
  /** What is agreed to in one line, where the text alone doesn't say it: the enterprise's name. */
  naming?: string;
  text: ConsentText | undefined;
  agree: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { text } = props;
  return (
    <section class="consent">
      <h3>{props.title}</h3>
      {props.naming && <p class="naming">{props.naming}</p>}
      {text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
        <p class="text" tabIndex={0}>
          {language.value === "en" ? text.en || text.zh : text.zh}
        </p>
      )}
      <Tick checked={props.checked} onChange={props.onChange}>
        {props.agree}
      </Tick>
    </section>
  );
}
