/** One's own notifications: read, and marked as read. */
import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import type { Notifications, UnreadNotifications } from "@/api/types";
import { recordKeys } from "@/lib/records";
import { workspaceRequest } from "@/lib/workspace";

/** As what the event stream names them, so that word of a new one refreshes what is asked under this key. */
const key = () => recordKeys.of("sys_notification");

export function notificationsQuery(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: [...key(), "page", unread],
    queryFn: ({ pageParam, signal }) =>
      workspaceRequest<Notifications>("/notifications", {
        query: { cursor: pageParam, unread: unread ? "1" : undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** Marks some as read, or all. */
export async function markRead(client: QueryClient, which: { ids: string[] } | { all: true }): Promise<void> {
  await workspaceRequest<UnreadNotifications>("/notifications/read", { method: "POST", body: which });
  await client.invalidateQueries({ queryKey: key() });
}
