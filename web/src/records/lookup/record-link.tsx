/** A link to a record's page that works as an ordinary address and navigates without a reload. */
import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { currentWorkspace } from "@/lib/workspace";

export function recordHref(object: string, id: string): string {
  return `/w/${encodeURIComponent(currentWorkspace())}/o/${object}/${id}`;
}

interface RecordLinkProps {
  object: string;
  id: string;
  className?: string;
  children: ReactNode;
}

export function RecordLink({ object, id, className, children }: RecordLinkProps) {
  // Absent where a part is drawn outside of the application, such as in tests: then the address does the work.
  const router = useRouter({ warn: false });
  const href = recordHref(object, id);
  const follow = (event: MouseEvent) => {
    event.stopPropagation();
    if (!router || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <a href={href} className={className} onClick={follow}>
      {children}
    </a>
  );
}
