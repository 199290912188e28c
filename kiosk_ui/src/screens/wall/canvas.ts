/** The canvas and its scale, and taking a new version of the page. */

import { useEffect, useState } from "preact/hooks";
import { api } from "../../parts/data";

const HEIGHT = 1080;
const NARROW = 1920;
const WIDE = 3840;
const VERSION_MS = 3 * 60 * 1000;

export interface Canvas {
  /** Twice as wide as high or more: the sides spread. */
  wide: boolean;
  style: { width: string; height: string; transform: string };
}

function measured(): Canvas {
  const wide = innerWidth / innerHeight > 2.6;
  const width = wide ? WIDE : NARROW;
  const scale = Math.min(innerWidth / width, innerHeight / HEIGHT);
  const left = (innerWidth - width * scale) / 2;
  const top = (innerHeight - HEIGHT * scale) / 2;
  return {
    wide,
    style: {
      width: `${width}px`,
      height: `${HEIGHT}px`,
      transform: `translate(${left}px, ${top}px) scale(${scale})`,
    },
  };
}

export function useScale(): Canvas {
  const [canvas, setCanvas] = useState(measured);
  useEffect(() => {
    const resized = () => setCanvas(measured());
    addEventListener("resize", resized);
    return () => removeEventListener("resize", resized);
  }, []);
  return canvas;
}

/** Reloads once the server serves other pages than these. Nobody stands before a wall to be asked. */
export function newVersionReloads(): () => void {
  let build = "";
  const look = async () => {
    const answer = await api.get<{ build: string }>("/healthz");
    if (!answer.ok) return;
    if (build && answer.value.build !== build) location.reload();
    build = answer.value.build;
  };
  void look();
  const timer = setInterval(look, VERSION_MS);
  return () => clearInterval(timer);
}
