/** What is being filled in, and whether it differs from what it began as. */
import { useState } from "react";
import { difference } from "../objects/model";

export function useDraft<V extends object>(begin: () => V) {
  const [begun] = useState(begin);
  const [draft, setDraft] = useState(begun);
  const set = (values: Partial<V>) => setDraft((now) => ({ ...now, ...values }));
  const unsaved = Object.keys(difference<object>(begun, draft).values).length > 0;
  return { draft, set, unsaved };
}
