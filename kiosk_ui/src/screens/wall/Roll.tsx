/** A list longer than its place, rolling slowly. Two copies at the most, moved by the browser's own
 *  animation: nothing is made or thrown away while it rolls. Who wants less motion gets pages. */

import { type ComponentChildren, toChildArray } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const SECONDS_A_ROW = 3.2;
const PAGE_MS = 8000;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function Roll(props: { rowHeight: number; empty: string; children: ComponentChildren }) {
  const rows = toChildArray(props.children);
  const box = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(rows.length);
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (box.current) setFits(Math.max(1, Math.floor(box.current.clientHeight / props.rowHeight)));
  }, [rows.length, props.rowHeight]);
  useEffect(() => {
    if (!calm.matches) return;
    const timer = setInterval(() => setPage((shown) => shown + 1), PAGE_MS);
    return () => clearInterval(timer);
  }, []);
  const rolls = rows.length > fits;
  if (rows.length === 0) return <p class="nothing">{props.empty}</p>;
  if (rolls && calm.matches) {
    const pages = Math.ceil(rows.length / fits);
    const from = (page % pages) * fits;
    return (
      <div class="roll" ref={box}>
        {rows.slice(from, from + fits)}
      </div>
    );
  }
  return (
    <div class="roll" ref={box}>
      <div
        class={rolls ? "rolling" : ""}
        style={rolls ? { animationDuration: `${rows.length * SECONDS_A_ROW}s` } : undefined}
      >
        <div>{rows}</div>
        {rolls && <div aria-hidden="true">{rows}</div>}
      </div>
    </div>
  );
}
