/** Search hits by object, in the order in which the objects first appear. */
import type { SearchHit } from "@/api/types";

export function groupHits(hits: SearchHit[]): { object: string; hits: SearchHit[] }[] {
  const groups = new Map<string, SearchHit[]>();
  for (const hit of hits) groups.set(hit.object, [...(groups.get(hit.object) ?? []), hit]);
  return [...groups].map(([object, found]) => ({ object, hits: found }));
}
