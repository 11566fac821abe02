/** What can be written where the cursor of a formula stands: fields over paths, functions; and which call it is in. */
import type { Catalog, CatalogObject, Field } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { offeredFields, targetOf } from "@/records/query/paths";

export interface FormulaFunction {
  name: string;
  zh: string;
  group: string;
  signature: Record<string, string>;
  help: Record<string, string>;
  example: string;
  result: string;
}

export interface Suggestion {
  /** Unique among the suggestions. */
  id: string;
  sort: "field" | "function";
  name: string;
  /** The other name: the key of a field, the function in the other language. */
  also: string;
  /** What is written in the place of the token. */
  text: string;
  /** Where the cursor goes, from the end of the text: inside the brackets of a call. */
  back: number;
}

/** The name that is being written: from, its finished steps, and the part after the last point. */
export interface Token {
  from: number;
  path: string[];
  typed: string;
}

const NAME = /[\p{L}\p{N}_]/u;
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The name before the cursor, with the steps of its path; null inside of text. */
export function tokenAt(text: string, cursor: number): Token | null {
  if (isInText(text, cursor)) return null;
  let from = cursor;
  const steps: string[] = [];
  let end = cursor;
  for (;;) {
    const open = openBracket(text, from);
    if (open !== null && end === cursor && steps.length === 0) {
      steps.unshift(text.slice(open + 1, end));
      from = open;
    } else if (text[from - 1] === "]") {
      const bracket = text.lastIndexOf("[", from - 1);
      if (bracket < 0) break;
      steps.unshift(text.slice(bracket + 1, from - 1));
      from = bracket;
    } else {
      while (from > 0 && NAME.test(text[from - 1] ?? "")) from--;
      steps.unshift(text.slice(from, end));
    }
    if (text[from - 1] !== ".") break;
    from--;
    end = from;
  }
  const typed = steps.pop() ?? "";
  // A number is no name, and neither is what stands behind its point.
  if (/^\p{N}/u.test(steps[0] ?? typed)) return null;
  return { from, path: steps, typed };
}

/** The place of a square bracket that is open at the cursor. */
function openBracket(text: string, cursor: number): number | null {
  const open = text.lastIndexOf("[", cursor - 1);
  return open >= 0 && !text.slice(open, cursor).includes("]") ? open : null;
}

const QUOTES: Record<string, string> = { '"': '"', "'": "'", "“": "”" };

function isInText(text: string, cursor: number): boolean {
  let closing: string | null = null;
  for (const sign of text.slice(0, cursor)) {
    if (closing !== null) {
      if (sign === closing) closing = null;
    } else closing = QUOTES[sign] ?? null;
  }
  return closing !== null;
}

const MOST = 50;

/** What the token may become, the best matches first. */
export function suggestions(
  catalog: Catalog,
  object: CatalogObject,
  functions: readonly FormulaFunction[],
  token: Token,
): Suggestion[] {
  const at = walk(catalog, object, token.path);
  if (!at) return [];
  const written = token.path.map((step) => `${quoted(step)}.`).join("");
  const fields = offeredFields(at).map((field): Suggestion => {
    const name = label(field.label);
    return {
      id: `field ${field.key}`,
      sort: "field",
      name,
      also: field.key,
      text: written + quoted(name),
      back: 0,
    };
  });
  const calls =
    token.path.length > 0
      ? []
      : functions.map((one): Suggestion => {
          const name = one.name;
          return { id: `function ${name}`, sort: "function", name, also: one.zh, text: `${name}()`, back: 1 };
        });
  const wanted = token.typed.toLowerCase();
  const ranked = [...fields, ...calls].flatMap((one) => {
    const names = [one.name.toLowerCase(), one.also.toLowerCase()];
    if (names.some((name) => name.startsWith(wanted))) return [{ one, rank: 0 }];
    return names.some((name) => name.includes(wanted)) ? [{ one, rank: 1 }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The object that a path of labels or keys leads to. */
function walk(catalog: Catalog, object: CatalogObject, path: readonly string[]): CatalogObject | undefined {
  return path.reduce<CatalogObject | undefined>((at, step) => {
    const field = at && named(at, step);
    return field && targetOf(catalog, field);
  }, object);
}

function named(object: CatalogObject, step: string): Field | undefined {
  const wanted = step.trim().toLowerCase();
  return (
    findField(object, step) ??
    object.fields.find(({ label: words }) =>
      Object.values(words).some((word) => word.trim().toLowerCase() === wanted),
    )
  );
}

/** A name as formulas have it: with spaces or signs in it, it stands in square brackets. */
export function quoted(name: string): string {
  return PLAIN.test(name) ? name : `[${name}]`;
}

/** The call whose arguments the cursor stands in, and which of them. */
export function callAt(text: string, cursor: number): { name: string; argument: number } | null {
  const open: { name: string; argument: number }[] = [];
  let closing: string | null = null;
  let word = "";
  for (const sign of text.slice(0, cursor)) {
    if (closing !== null) {
      if (sign === closing) closing = null;
    } else if (QUOTES[sign]) {
      closing = QUOTES[sign] ?? null;
      word = "";
    } else if (sign === "(" || sign === "（") {
      open.push({ name: word, argument: 0 });
      word = "";
    } else if (sign === ")" || sign === "）") {
      open.pop();
      word = "";
    } else if (sign === "," || sign === "，") {
      const call = open.at(-1);
      if (call) call.argument++;
      word = "";
    } else word = NAME.test(sign) ? word + sign : "";
  }
  return open.findLast(({ name }) => name !== "") ?? null;
}

export function findFunction(
  functions: readonly FormulaFunction[],
  name: string,
): FormulaFunction | undefined {
  const wanted = name.toLowerCase();
  return functions.find((one) => one.name.toLowerCase() === wanted || one.zh === name);
}
