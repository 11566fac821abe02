/** The frame of a workspace: navigation at the left, the page beside it. */
import { Outlet } from "@tanstack/react-router";
import { useLiveStream } from "@/lib/live";
import { useMe } from "@/lib/me";

export function Shell() {
  useLiveStream(useMe().live_url);
  return <Outlet />;
}
