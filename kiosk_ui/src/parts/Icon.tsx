/** Line icons on a 24 px grid, drawn for this project. They go beside a word, so they are hidden from
 *  readers; where one stands alone its button has an `aria-label`. */

const PATHS = {
  check: "M4.5 12.5 10 18 19.5 7",
  cross: "M6 6l12 12M18 6 6 18",
  alert: "M12 3.5 22 20.5H2L12 3.5zM12 10v4.5M12 17.6v.1",
  hand: "M8 13V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8.5c0 4-2.6 6.5-6 6.5-3 0-4.4-1.4-6-4l-2-3.4a1.5 1.5 0 0 1 2.5-1.6L8 14",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
  enter: "M14 4h5v16h-5M3 12h11M10 7.5l4.5 4.5L10 16.5",
  leave: "M10 4H5v16h5M10 12h11M16.5 7.5 21 12l-4.5 4.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20.5c.6-4 3.6-6 8-6s7.4 2 8 6",
  addPerson:
    "M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM2.5 20.500c.5-3.9 3.3-6 7.5-6 1.3 0 2.5.2 3.5.6M18 13.500v7M14.5 17h7",
  people:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.500c.4-3.5 2.8-5 6.5-5s6.1 1.5 6.5 5M15.5 5.300a3.5 3.5 0 0 1 0 6.500M17.5 14.800c2.4.5 3.7 2 4 4.7",
  scan: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2M14 18v2M18 18h2v2h-2z",
  badge:
    "M5 7h14v13H5zM9.5 7V4h5v3M12 11a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8.5 18c.5-1.3 1.6-2 3.5-2s3 .7 3.5 2",
  bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15L6 16.500zM10 20.500h4",
  building: "M5 20.500V4h9v16.500M14 9h5v11.500M3 20.500h18M8 8h3M8 12h3M8 16h3",
  briefcase: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
  clock: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.500V12l3 2",
  next: "M9 5l7 7-7 7",
  back: "M15 5l-7 7 7 7",
  refresh: "M19.5 12a7.5 7.5 0 1 1-2.2-5.300L20 9M20 4v5h-5",
  settings: "M4 7h9M17 7h3M13 4.500v5M4 17h3M11 17h9M7 14.500v5",
  language:
    "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.500c2.5 2.3 3.5 5.2 3.5 8.500s-1 6.2-3.5 8.500c-2.5-2.3-3.5-5.2-3.5-8.500s1-6.2 3.5-8.500z",
  type: "M3 19 8.5 5 14 19M5 14.500h7M15 19l3-8 3 8M16 16.500h4",
  monitor: "M3 4.500h18v12H3zM8.5 20.500h7M12 16.500v4",
  door: "M6 20.500V4h12v16.500M3.5 20.500h17M14.5 12v.1",
  upload: "M12 15.500V4.500M7.5 8.5 12 4l4.5 4.500M4.5 15v5h15v-5",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M4.5 15v5h15v-5",
  flag: "M6 20.500V4h11.500l-2 4 2 4H6",
  play: "M8 5l11 7-11 7z",
  pause: "M8.5 5v14M15.5 5v14",
  stop: "M6 6h12v12H6z",
  away: "M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM2.5 20.500c.5-3.9 3.3-6 7.5-6 1.3 0 2.5.2 3.5.6M15.5 15l5 5M20.5 15l-5 5",
  handshake:
    "M3 7l4-1.5 5 2 5-2 4 1.500v8l-3 1-5 4-3-1.5-5-4-2-.5zM12 7.5 9 11c1 1.5 2.5 1.5 4 .5l4.5 4",
  offer: "M6 3.500h9l4 4v13H6zM14.5 3.500V8H19M9.5 15l2 2 4-4.5",
  list: "M8.5 6h12M8.5 12h12M8.5 18h12M4 6v.1M4 12v.1M4 18v.1",
  chart: "M4 20.500h16.500M7 20v-6M12 20V6M17 20v-9",
  phone: "M7.5 3h9v18h-9zM11 18h2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  out: "M10 4H5v16h5M9.5 12H20M16 8l4 4-4 4",
  plus: "M12 5v14M5 12h14",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: people meeting at a desk, in a square. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="9" fill="currentColor" />
      <g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round">
        <circle cx="12.5" cy="11.5" r="3" />
        <circle cx="23.5" cy="11.5" r="3" />
        <path d="M7 27v-3.500c0-3 2-5 5.5-5s5.5 2 5.5 5c0-3 2-5 5.5-5s5.5 2 5.5 5V27" />
        <path d="M7 27h22" />
      </g>
    </svg>
  );
}
