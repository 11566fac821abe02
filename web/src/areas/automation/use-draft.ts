/** The draft of a flow on the screen: saved with the revision that was seen, so that nobody's writing is lost. */
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ApiError } from "@/lib/api";
import { createRecord, recordKeys, updateRecord } from "@/lib/records";
import { changedParts, type Draft, type DraftPart, meeting, partsOf, type Stored, storedOf } from "./draft";
import { type Flow, flowQuery } from "./requests";

/** Somebody else stored something else about the same part. */
export interface Clash {
  /** What the writing began with. */
  seen: Draft;
  theirs: Stored;
  parts: DraftPart[];
}

/** Thrown by saving what clashes; the clash itself is told beside. */
export class DraftClash extends Error {}

const STALE = "records.stale";

export function useDraft(flow: Flow) {
  const client = useQueryClient();
  const stored = useMemo(() => storedOf(flow), [flow]);
  const [{ seen, draft }, setBoth] = useState(() => ({ seen: stored, draft: stored.draft }));
  const met = stored.rev > seen.rev ? meeting(seen.draft, draft, stored.draft) : null;
  if (met && !met.clash) setBoth({ seen: stored, draft: met.draft });
  const clash: Clash | null = met?.clash ? { seen: seen.draft, theirs: stored, parts: met.parts } : null;

  const set = (part: Partial<Draft>) =>
    setBoth((now) => ({ seen: now.seen, draft: { ...now.draft, ...part } }));
  /** Stores parts of the draft over a revision; the revision that there is then. */
  const write = async (over: Stored, mine: Draft): Promise<number> => {
    const parts = changedParts(over.draft, mine);
    const row = await updateRecord("flow", flow.id, partsOf(mine, parts), over.rev);
    const rev = "rev" in row && typeof row.rev === "number" ? row.rev : over.rev + 1;
    setBoth((now) => ({ seen: { draft: mine, rev }, draft: now.draft }));
    await client.invalidateQueries({ queryKey: recordKeys.of("flow") });
    return rev;
  };
  /** Stores what is written; `DraftClash` where somebody else was faster about the same. The revision afterwards. */
  const keep = async (): Promise<number> => {
    if (clash) throw new DraftClash();
    if (changedParts(seen.draft, draft).length === 0) return seen.rev;
    try {
      return await write(seen, draft);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== STALE) throw error;
      const options = flowQuery(flow.id);
      const row = await client.fetchQuery({ ...options, staleTime: 0 });
      const now = storedOf(row as unknown as Flow);
      const found = meeting(seen.draft, draft, now.draft);
      if (found.clash) throw new DraftClash();
      setBoth({ seen: now, draft: found.draft });
      return write(now, found.draft);
    }
  };
  const takeTheirs = () => setBoth({ seen: stored, draft: stored.draft });
  /** Stores what is written here over what the other has stored; parts that were not touched here stay theirs. */
  const overwrite = async () => {
    const mine = { ...stored.draft, ...partsOf(draft, changedParts(seen.draft, draft)) };
    setBoth({ seen, draft: mine });
    await write(stored, mine);
  };
  /** Keeps what is written here as another flow, and takes what the other has stored; the id of the new one. */
  const keepAsCopy = async (name: string): Promise<string> => {
    const { id } = await createRecord("flow", {
      ...draft,
      name,
      kind: flow.kind,
      object: draft.definition.object,
    });
    takeTheirs();
    await client.invalidateQueries({ queryKey: recordKeys.of("flow") });
    return id;
  };
  return {
    draft,
    set,
    clash,
    unsaved: changedParts(seen.draft, draft).length > 0,
    keep,
    takeTheirs,
    overwrite,
    keepAsCopy,
  };
}
