import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

const server = process.env.FAIRDESK_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [page_routes],
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
