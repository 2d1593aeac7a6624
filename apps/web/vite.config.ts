import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Where `vite` (the development server) finds the API; `vite build` does not read it.
const API = "http://127.0.0.1:8000";

// oxlint-disable-next-line import/no-default-export -- Vite reads it so
export default defineConfig({
  // The page may live under any path.
  base: "./",
  plugins: [react(), tailwindcss()],
  // A strict Content-Security-Policy takes files of the same origin, not data: URLs.
  build: { target: "es2023", assetsInlineLimit: 0 },
  worker: { format: "es" },
  server: { proxy: { "/api": API, "/predict": API, "/sample.csv": API } },
});
