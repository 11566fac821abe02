/**
 * Which modules travel together: a page is a handful of scripts, not two hundred of a kilobyte each.
 *
 * Left alone, the build makes a script of every set of modules that the same pages share. It is asked for these first;
 * then those that the shell needs become one, and so do those that many pages need.
 */
import { fileURLToPath, URL } from "node:url";
import { build, type InlineConfig, type Rolldown } from "vite";

const SHELL = fileURLToPath(new URL("../src/app/shell/shell.tsx", import.meta.url));
const PAGE = "-page.tsx";
/** What this many of a hundred pages need, or more, is one script. */
const LEVELS = [75, 50, 25];

/** A function from a module to the name of the script that it belongs to; null where the build may decide. */
export async function bundles(config: InlineConfig): Promise<(id: string) => string | null> {
  const made = await build({
    ...config,
    configFile: false,
    logLevel: "error",
    build: { ...config.build, write: false, minify: false, manifest: false, reportCompressedSize: false },
  });
  const names = named((made as Rolldown.RolldownOutput).output.filter((one) => one.type === "chunk"));
  return (id) => names.get(id) ?? null;
}

/** Whatever a group's scripts import is in it or in an earlier one, so no two wait for each other. */
function named(chunks: readonly Rolldown.OutputChunk[]): Map<string, string> {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const begun = new Set(
    chunks.flatMap((chunk) => (chunk.isEntry ? chunk.moduleIds : [chunk.facadeModuleId])),
  );
  const names = new Map<string, string>();
  const put = (files: Iterable<string>, name: string) => {
    for (const id of [...files].flatMap((file) => byFile.get(file)?.moduleIds ?? [])) {
      if (!begun.has(id) && !names.has(id)) names.set(id, name);
    }
  };
  const closures = (isMeant: (chunk: Rolldown.OutputChunk) => boolean) =>
    chunks.filter(isMeant).map((chunk) => closure(byFile, chunk.fileName));

  for (const files of closures((chunk) => chunk.isEntry)) put(files, "start");
  for (const files of closures((chunk) => chunk.facadeModuleId === SHELL)) put(files, "shell");
  const pages = closures((chunk) => chunk.facadeModuleId?.endsWith(PAGE) ?? false);
  const times = new Map<string, number>();
  for (const file of pages.flatMap((files) => [...files])) times.set(file, (times.get(file) ?? 0) + 1);
  for (const level of LEVELS) {
    const often = [...times].filter(([, count]) => count * 100 >= pages.length * level);
    put(
      often.map(([file]) => file),
      `of-${String(level)}-percent`,
    );
  }
  return names;
}

/** The scripts that must be there before this one can run, and itself. */
function closure(byFile: ReadonlyMap<string, Rolldown.OutputChunk>, from: string): Set<string> {
  const seen = new Set([from]);
  for (const file of seen) for (const next of byFile.get(file)?.imports ?? []) seen.add(next);
  return seen;
}
