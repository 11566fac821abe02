/** The colours that records of a small object carry, such as stages; loaded once for all cells that show some. */
import { useEffect } from "react";
import { create } from "zustand";
import type { Catalog, Hue } from "@/api/types";
import { catalogQuery, findField, findObject } from "@/lib/catalog";
import { queryClient } from "@/lib/query-client";
import { queryRecords } from "@/lib/records";
import { currentWorkspace } from "@/lib/workspace";

/** Where the colour stands, by the custom of the product's definitions. */
const COLOR = "color";
const MOST = 200;
/** Others change colours now and then; a cell drawn later than this asks again. */
const FRESH_MS = 300_000;

type Hues = ReadonlyMap<string, Hue>;

const useHues = create<{ known: Readonly<Record<string, Hues>> }>(() => ({ known: {} }));
const asked = new Map<string, number>();
const keyOf = (object: string) => `${currentWorkspace()}/${object}`;

async function load(object: string): Promise<void> {
  const key = keyOf(object);
  if (Date.now() - (asked.get(key) ?? 0) < FRESH_MS) return;
  asked.set(key, Date.now());
  try {
    const { rows } = await queryRecords(object, { select: [COLOR], limit: MOST });
    const hues = new Map(rows.flatMap((row) => (row[COLOR] ? [[row.id, row[COLOR] as Hue] as const] : [])));
    useHues.setState(({ known }) => ({ known: { ...known, [key]: hues } }));
  } catch {
    // Hues are decoration: without them the words stand alone. The next mount tries again.
    asked.delete(key);
  }
}

/** Whether records of the object have a colour of their own. Read from the cache: a grid asks for every cell. */
function isColoured(object: string): boolean {
  const catalog = queryClient.getQueryData<Catalog>(catalogQuery().queryKey);
  const found = catalog && findObject(catalog, object);
  return found !== undefined && found.group === "settings" && findField(found, COLOR)?.kind === "choice";
}

/** The colour of one record; undefined where there is none, or nobody knows yet. */
export function useRecordHue(object: string, id: string | undefined): Hue | undefined {
  const coloured = id !== undefined && isColoured(object);
  useEffect(() => {
    if (coloured) void load(object);
  }, [coloured, object]);
  return useHues(({ known }) => (coloured ? known[keyOf(object)]?.get(id) : undefined));
}

/** After somebody gave a colour, the next cell asks again. */
export function forgetHues(object: string): void {
  asked.delete(keyOf(object));
}
