/** Who was found, to be let in with one touch. */

import { printed } from "../../core/badge";
import { clock } from "../../core/i18n";
import type { PersonRow } from "../../core/server";
import { gate } from "../../core/words/gate";
import { Button } from "../../parts/Button";
import { Chip, Empty } from "../../parts/Panel";
import { language, words } from "../../parts/screen";
import { direction } from "./desk";
import type { Found } from "./search";

export function People(props: {
  found: Found;
  /** Which one Enter takes. */
  at: number;
  onPass: (person: PersonRow) => unknown;
  onDetails: (person: PersonRow) => void;
  onWalkIn: () => void;
}) {
  const t = words(gate);
  const { people, more, text } = props.found;
  if (people.length === 0) {
    return (
      <div class="found">
        <Empty icon="search">
          {t.notFoundOf(text)}
          <br />
          {t.notFound}
        </Empty>
        <Button look="primary" icon="addPerson" onPress={props.onWalkIn}>
          {t.walkIn}
        </Button>
      </div>
    );
  }
  return (
    <div class="found">
      <p class="quiet" role="status">
        {t.found(people.length)}
        {more && ` · ${t.foundMore}`}
      </p>
      <ul>
        {people.map((person, at) => (
          <li key={person.attendee} class={at === props.at ? "person chosen" : "person"}>
            <PersonLine person={person} />
            <Button look="bare" icon="badge" onPress={() => props.onDetails(person)}>
              {t.details}
            </Button>
            <Button
              look="primary"
              icon={direction.value === "in" ? "enter" : "leave"}
              onPress={() => props.onPass(person)}
            >
              {direction.value === "in" ? t.in : t.out}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function PersonLine({ person }: { person: PersonRow }) {
  const t = words(gate);
  return (
    <div class="who">
      <strong>{person.name}</strong>
      <span class="row quiet">
        {person.phone_tail && <span>{t.tail(person.phone_tail)}</span>}
        {person.badge && <span class="code">{printed(person.badge)}</span>}
        {person.inside && (
          <Chip tone="look" icon="check">
            {person.entered_at ? t.entered(clock(person.entered_at, language.value)) : t.inside}
          </Chip>
        )}
      </span>
    </div>
  );
}
