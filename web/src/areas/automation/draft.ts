/** What is written about a flow before it is published, and what becomes of it when somebody else saved meanwhile. */
import { canonical, type Definition, readDefinition } from "./model";
import type { Flow } from "./requests";

export interface Draft {
  name: string;
  description: string | null;
  run_as: string;
  own_effects: boolean;
  definition: Definition;
}

/** A draft as it is stored, and its revision. */
export interface Stored {
  draft: Draft;
  rev: number;
}

export type DraftPart = keyof Draft;

export function storedOf(flow: Flow): Stored {
  const { name, description, run_as, own_effects, definition, rev } = flow;
  const draft = {
    name,
    description,
    run_as,
    own_effects: Boolean(own_effects),
    definition: readDefinition(definition),
  };
  return { draft, rev };
}

const same = (one: unknown, other: unknown) => canonical(one) === canonical(other);

/** Which parts of a draft are not what they were. */
export function changedParts(before: Draft, after: Draft): DraftPart[] {
  return (Object.keys(after) as DraftPart[]).filter((part) => !same(before[part], after[part]));
}

export const partsOf = (draft: Draft, parts: readonly DraftPart[]): Partial<Draft> =>
  Object.fromEntries(parts.map((part) => [part, draft[part]]));

/** Either both go together, with what is written on top of what is stored now, or the same part says two things. */
export type Meeting = { clash: false; draft: Draft } | { clash: true; parts: DraftPart[] };

/** `seen` is what the writing began with, `mine` what is written by now, `theirs` what somebody else has stored since. */
export function meeting(seen: Draft, mine: Draft, theirs: Draft): Meeting {
  const written = changedParts(seen, mine);
  const stored = new Set(changedParts(seen, theirs));
  const parts = written.filter((part) => stored.has(part) && !same(mine[part], theirs[part]));
  return parts.length > 0
    ? { clash: true, parts }
    : { clash: false, draft: { ...theirs, ...partsOf(mine, written) } };
}
