/** The pages of a record's timeline, refreshed when an activity about it is made or changed. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useLiveChanges } from "@/lib/live";
import { recordKeys, recordTimeline } from "@/lib/records";

export function useTimeline(object: string, id: string, kinds: "activity,change" | "activity" | "change") {
  return useInfiniteQuery({
    queryKey: [...recordKeys.timeline(object, id), kinds],
    queryFn: ({ pageParam, signal }) => recordTimeline(object, id, { cursor: pageParam, kinds }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** One per kind of activity: the general refresh knows the activity, not the records it is about. */
export function LiveActivities({ activity, object, id }: { activity: string; object: string; id: string }) {
  const client = useQueryClient();
  const refresh = useCallback(
    () => void client.invalidateQueries({ queryKey: recordKeys.timeline(object, id) }),
    [client, object, id],
  );
  useLiveChanges(activity, refresh);
  return null;
}
