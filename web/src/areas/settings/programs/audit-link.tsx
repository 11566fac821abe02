/** The way to what a key or an app did, in the audit log. */
import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { currentWorkspace } from "@/lib/workspace";

/** `member`: for whom it did it, since two members may name their keys alike. */
export function AuditLink({
  name,
  member,
  ...props
}: { name: string; member: string } & Omit<ComponentProps<"a">, "href">) {
  return (
    <Link
      {...props}
      to="/w/$ws/settings/audit"
      params={{ ws: currentWorkspace() }}
      search={{ key: name, member }}
    />
  );
}
