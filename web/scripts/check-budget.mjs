/** Fails when what every visitor must load (the shell's scripts) or a single chunk grows beyond its budget. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const OUT = "../server/guanxi/app/static";
const SHELL_KB = 230;
const CHUNK_KB = 200;

const manifest = JSON.parse(readFileSync(`${OUT}/.vite/manifest.json`, "utf8"));
const kilobytes = (file) => gzipSync(readFileSync(`${OUT}/${file}`), { level: 9 }).length / 1024;

/** The files a chunk needs before it can run. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const shell = new Set();
for (const key of ["index.html", "src/app/shell/shell.tsx", "src/lib/texts-zh-cn.ts"]) {
  for (const name of closure(key)) shell.add(manifest[name].file);
}
const total = [...shell].reduce((sum, file) => sum + kilobytes(file), 0);
const problems = total > SHELL_KB ? [`shell: ${total.toFixed(1)} KB gz, budget ${SHELL_KB}`] : [];
console.log(`shell ${total.toFixed(1)} KB gz of ${SHELL_KB}`);
for (const { file } of Object.values(manifest)) {
  if (!file.endsWith(".js")) continue;
  const size = kilobytes(file);
  if (size > CHUNK_KB) problems.push(`${file}: ${size.toFixed(1)} KB gz, budget ${CHUNK_KB}`);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
