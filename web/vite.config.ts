/** Builds the browser client into the server's static folder; in development forwards the API to a running server. */
import { fileURLToPath, URL } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { bundles } from "./scripts/bundles.ts";

const server = process.env.GUANXI_SERVER ?? "http://127.0.0.1:8000";
const forwarded = ["/api", "/_allauth", "/accounts", "/dev", "/live", "/healthz", "/sso", "/f/"];
// The shell lists what each page needs: names would be a third of that list, and .vite/manifest.json has them.
const names = { chunkFileNames: "assets/c[hash].js", assetFileNames: "assets/f[hash][extname]" };

const config: ViteUserConfig = {
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: Number(process.env.PORT ?? 5173),
    proxy: Object.fromEntries(forwarded.map((path) => [path, { target: server }])),
  },
  build: {
    outDir: "../server/guanxi/app/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2023",
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: names },
  },
  test: {
    environment: "happy-dom",
    // One page per worker instead of one per file, in a context of its own for each file.
    pool: "vmThreads",
    setupFiles: ["src/test/setup.ts"],
    css: false,
    testTimeout: 30_000,
    restoreMocks: true,
  },
};

export default defineConfig(async ({ command, mode }): Promise<ViteUserConfig> => {
  if (command !== "build" || mode !== "production") return config;
  const name = await bundles(config);
  // What the groups hold follows from what the scripts import, not from what their modules mention.
  const output = { ...names, codeSplitting: { includeDependenciesRecursively: false, groups: [{ name }] } };
  return {
    ...config,
    build: { ...config.build, rolldownOptions: { output, preserveEntrySignatures: "allow-extension" } },
  };
});
