import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const pages = readdirSync(root).filter((name) => name.endsWith(".html"));

// The server answers /gate with gate.html; so does the development server.
const page_routes = {
  name: "page-routes",
  configureServer(server: { middlewares: { use(handler: Middleware): void } }) {
    server.middlewares.use((request, _response, next) => {
      const [path = "", query] = (request.url ?? "").split("?");
      if (pages.includes(`${path.slice(1)}.html`)) {
        request.url = `${path}.html${query ? `?${query}` : ""}`;
      }
      next();
    });
  },
};
type Middleware = (request: { url?: string }, response: unknown, next: () => void) => void;

// A slow tablet at the door has to be ready at once: what its page loads before the first scan.
const GATE_BYTES_MAX = 25_000;
const gate_budget: Plugin = {
  name: "gate-budget",
  generateBundle(_options, bundle) {
    const scripts = new Set<string>();
    const collect = (name: string) => {
      const chunk = bundle[name];
      if (chunk?.type !== "chunk" || scripts.has(name)) return;
      scripts.add(name);
      chunk.imports.forEach(collect);
    };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk" && chunk.isEntry && chunk.name === "gate") collect(chunk.fileName);
    }
    let bytes = 0;
    for (const name of scripts) {
      const chunk = bundle[name];
      if (chunk?.type === "chunk") bytes += gzipSync(chunk.code).length;
    }
    if (bytes > GATE_BYTES_MAX) {
      this.error(`the gate's script is ${bytes} bytes (gz), more than ${GATE_BYTES_MAX}`);
    }
  },
};

const server = process.env.FAIRDESK_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [page_routes, gate_budget],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // every file by its own address: the pages need no data: in their policy
    rolldownOptions: {
      input: Object.fromEntries(pages.map((name) => [name.slice(0, -5), `${root}${name}`])),
    },
  },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
      "/b/": { target: server },
      "/healthz": { target: server },
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});
