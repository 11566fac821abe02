/** The way to what a key or an app did, in the audit log. */
import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { currentWorkspace } from "@/lib/workspace";

/** `member`: for whom it did it, since two members may name their keys alike. */
export function AuditLink({
  id,
  name,
  member,
  ...props
}: { id: string; name: string; member: string } & Omit<ComponentProps<"a">, "href" | "id">) {
  return (
    <Link
      {...props}
      to="/w/$ws/settings/audit"
      params={{ ws: currentWorkspace() }}
      search={{ key: name, key_id: id, member }}
    />
  );
}
