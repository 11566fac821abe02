/**
 * Fails when what is loaded grows beyond its budget, after a build: the shell's scripts, which every visitor of a
 * workspace loads; what each page loads besides them; and any single script. `--all` prints every page.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const OUT = "../server/guanxi/app/static";
const SHELL_KB = 205;
const PAGE_KB = 180;
const SCRIPT_KB = 150;
const SHELL = ["index.html", "src/app/shell/shell.tsx", "src/lib/texts-zh-cn.ts"];

const manifest = JSON.parse(readFileSync(`${OUT}/.vite/manifest.json`, "utf8"));
const sizes = new Map();

/** Kilobytes of a script as it travels. */
function kilobytes(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`${OUT}/${file}`), { level: 9 }).length / 1024);
  return sizes.get(file);
}

/** The scripts that a module needs before it can run. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const filesOf = (keys) =>
  new Set(keys.flatMap((key) => [...closure(key)].map((name) => manifest[name].file)));
const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);

const shell = filesOf(SHELL);
const pages = [...new Set([...closure("index.html")].flatMap((key) => manifest[key].dynamicImports ?? []))]
  .filter((key) => key.endsWith("-page.tsx"))
  .map((key) => ({ key, size: sum([...filesOf([key])].filter((file) => !shell.has(file))) }))
  .sort((one, other) => other.size - one.size);
const scripts = Object.values(manifest).flatMap(({ file }) => (file.endsWith(".js") ? [file] : []));

const told = (name, size, budget) => `${name} ${size.toFixed(1)} KB gz of ${budget}`;
const checked = [
  { name: "shell", size: sum(shell), budget: SHELL_KB },
  ...pages.map(({ key, size }) => ({ name: key, size, budget: PAGE_KB })),
  ...[...new Set(scripts)].map((file) => ({ name: file, size: kilobytes(file), budget: SCRIPT_KB })),
];
if (pages.length === 0) throw new Error("the build names no pages: is a page still called *-page.tsx?");
const shown = process.argv.includes("--all") ? checked.slice(0, pages.length + 1) : checked.slice(0, 2);
for (const { name, size, budget } of shown) console.log(told(name, size, budget));
const problems = checked.filter(({ size, budget }) => size > budget);
if (problems.length > 0) {
  console.error("Too large; load what the first sight does not need when it is asked for:");
  for (const { name, size, budget } of problems) console.error(told(name, size, budget));
  process.exit(1);
}
