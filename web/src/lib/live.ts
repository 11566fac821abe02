/** Changes made by others: one event stream per tab, handed to the cache and to screens that patch rows themselves. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveChange } from "@/api/types";
import { refreshCatalog } from "./catalog";
import { recordKeys } from "./records";
import { currentWorkspace } from "./workspace";

type Listener = (changes: LiveChange[]) => void;

const listeners = new Set<Listener>();
/** Changes are handed on together, so that a bulk edit of 1,000 rows is one refresh. */
const GATHER_MS = 300;
/** A change that concerns no object's records, but the objects themselves. */
const CATALOG = "";

/** Marks a query as kept fresh by its own screen: `meta: { live: "own" }` leaves it out of the general refresh. */
export const OWN_LIVE = { live: "own" } as const;

/** Refreshes all that shows the changed records, except lists that patch themselves. */
export function refreshChanged(client: QueryClient, changes: LiveChange[]): void {
  const workspace = currentWorkspace();
  for (const object of new Set(changes.map((change) => change.object))) {
    const ids = new Set(changes.filter((change) => change.object === object).flatMap((change) => change.ids));
    client.invalidateQueries({
      queryKey: ["records", workspace, object],
      predicate: ({ meta, queryKey }) => {
        if (meta?.live === "own") return false;
        const one = queryKey[3] === "record" || queryKey[3] === "timeline";
        return !one || ids.has(String(queryKey[4]));
      },
    });
  }
}

/** Calls back with the changes of one object; the callback decides what to patch. */
export function useLiveChanges(object: string, onChanges: Listener): void {
  useEffect(() => {
    const listener: Listener = (changes) => {
      const own = changes.filter((change) => change.object === object);
      if (own.length > 0) onChanges(own);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [object, onChanges]);
}

/** Opens the stream while the shell is on screen; the browser reconnects by itself. */
export function useLiveStream(liveUrl: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!liveUrl) return;
    const base = liveUrl.replace(/\/$/, "");
    const source = new EventSource(`${base}/events?workspace=${encodeURIComponent(currentWorkspace())}`, {
      withCredentials: true,
    });
    let gathered: LiveChange[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const changes = gathered.filter(({ object }) => object !== CATALOG);
      // Objects or fields were changed: what the screens know of them is asked for again.
      if (changes.length < gathered.length) refreshCatalog(client);
      gathered = [];
      refreshChanged(client, changes);
      for (const listener of listeners) listener(changes);
    };
    const receive = (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as LiveChange;
      gathered.push(change);
      clearTimeout(timer);
      timer = setTimeout(flush, GATHER_MS);
    };
    source.addEventListener("change", receive);
    // Events may be missing after a lost connection: everything on screen is asked for again.
    source.addEventListener("reset", () => client.invalidateQueries({ queryKey: recordKeys.all() }));
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client, liveUrl]);
}
