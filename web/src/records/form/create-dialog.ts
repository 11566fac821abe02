/** Which create dialogs are open: anybody asks for one and awaits the record it makes. */
import { create } from "zustand";
import type { RecordRow } from "@/api/types";

export interface CreateRequest {
  id: number;
  object: string;
  values: Record<string, unknown>;
  settle(created: RecordRow | null): void;
}

/** A stack: a lookup inside a dialog may open a dialog of its own. */
export const useCreateRequests = create<{ requests: CreateRequest[] }>(() => ({ requests: [] }));

let lastId = 0;

/**
 * Opens the dialog for `object`, with some values filled in.
 * Resolves with the new record, or null when the person gave up.
 */
export function openCreateDialog(
  object: string,
  values: Record<string, unknown> = {},
): Promise<RecordRow | null> {
  return new Promise((resolve) => {
    lastId += 1;
    const id = lastId;
    const settle = (created: RecordRow | null) => {
      useCreateRequests.setState(({ requests }) => ({
        requests: requests.filter((request) => request.id !== id),
      }));
      resolve(created);
    };
    useCreateRequests.setState(({ requests }) => ({
      requests: [...requests, { id, object, values, settle }],
    }));
  });
}
