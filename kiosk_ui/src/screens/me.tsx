import { common } from "../core/words/common";
import { mount } from "../parts/page";
import { words } from "../parts/screen";
import { TopBar } from "../parts/TopBar";

function Screen() {
  return <TopBar title={words(common).product} under="me" />;
}

void mount(Screen);
