/**
 * Fails when a text is missing in one language or takes in something else there, has a foreign key, is used but not
 * written, or written but not used.
 */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

const PLURAL = /_(one|other)$/;
const problems = [];
const written = new Map();

for (const chinese of globSync("src/**/{locale,lazy-locale}/zh-CN.json")) {
  const room = basename(dirname(dirname(chinese)));
  const english = chinese.replace("zh-CN.json", "en.json");
  const tables = { "zh-CN": read(chinese), en: read(english) };
  const stems = Object.fromEntries(
    Object.entries(tables).map(([language, table]) => [language, stemsOf(table)]),
  );
  for (const stem of new Set([...stems["zh-CN"], ...stems.en])) {
    if (!stems["zh-CN"].has(stem)) problems.push(`${chinese}: "${stem}" is missing`);
    if (!stems.en.has(stem)) problems.push(`${english}: "${stem}" is missing`);
    if (!stem.startsWith(`${room}.`)) problems.push(`${chinese}: "${stem}" does not begin with "${room}."`);
    if (written.has(stem)) problems.push(`${chinese}: "${stem}" is also in ${written.get(stem)}`);
    written.set(stem, chinese);
    const [inChinese, inEnglish] = [placeholders(tables["zh-CN"], stem), placeholders(tables.en, stem)];
    if (inChinese !== inEnglish)
      problems.push(`${chinese}: "${stem}" says {${inChinese}}, in English {${inEnglish}}`);
  }
  for (const [language, table] of Object.entries(tables)) {
    for (const [key, text] of Object.entries(table)) {
      if (typeof text !== "string" || text === "")
        problems.push(`${chinese} (${language}): "${key}" has no text`);
    }
  }
}

const used = new Set();
const prefixes = [];
const sources = globSync("src/**/*.{ts,tsx}").filter((path) => !path.includes(".test."));
const rooms = new Set([...written.keys()].map((key) => key.split(".")[0]));
for (const path of sources) {
  const source = readFileSync(path, "utf8");
  for (const [, key] of source.matchAll(/["'`]([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)["'`]/g)) {
    if (rooms.has(key.split(".")[0])) used.add(key);
  }
  for (const [, prefix] of source.matchAll(/`([a-z][a-z0-9_-]*\.[a-z0-9_.-]*)\$\{/g)) prefixes.push(prefix);
  for (const [, key] of source.matchAll(/\bt\(\s*["']([^"']+)["']/g)) {
    if (key.includes(".") && !written.has(key)) problems.push(`${path}: "${key}" is not written`);
  }
}
for (const [stem, path] of written) {
  if (!used.has(stem) && !prefixes.some((prefix) => stem.startsWith(prefix))) {
    problems.push(`${path}: "${stem}" is not used`);
  }
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    problems.push(`${path}: ${error.message}`);
    return {};
  }
}

/** What the forms of a text take in; the count may be left to one language's words. */
function placeholders(table, stem) {
  const forms = Object.entries(table).filter(([key]) => key.replace(PLURAL, "") === stem);
  const found = forms.flatMap(([, text]) => [...String(text).matchAll(/\{\{\s*([a-z_]+)/gi)]);
  return [...new Set(found.map(([, name]) => name))]
    .filter((name) => name !== "count")
    .sort()
    .join(", ");
}

function stemsOf(table) {
  return new Set(Object.keys(table).map((key) => key.replace(PLURAL, "")));
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${written.size} texts, each in both languages and in use`);
