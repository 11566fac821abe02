/** What a key or an app asked for, when, from where, and how it was answered: the last 90 days. */
import { Anchor, Button, Drawer } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { KeyCall } from "@/api/types";
import { formatDateTime } from "@/lib/format";
import { useSystemRight } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { AuditLink } from "./audit-link";
import own from "./calls.module.css";
import { calledPath } from "./keys";
import classes from "./programs.module.css";
import { callsQuery } from "./requests";

interface CallsDrawerProps {
  of: "access-keys" | "app-grants";
  id: string;
  /** The key or app itself, of a grant the app that it is for. */
  program: string;
  /** What the key or app is called. */
  name: string;
  member: string;
  onClose(): void;
}

export function CallsDrawer({ of, id, program, name, member, onClose }: CallsDrawerProps) {
  const { t } = useTranslation();
  const audits = useSystemRight("audit");
  const found = useInfiniteQuery(callsQuery(of, id));
  const calls = found.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={t("programs.calls_of", { name })}>
      <p className={classes.remark}>
        {t("programs.calls_about")}{" "}
        {audits && (
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => <AuditLink id={program} name={name} member={member} {...props} />}
          >
            {t("programs.in_audit")}
          </Anchor>
        )}
      </p>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={6} height={40} />
      ) : calls.length === 0 ? (
        <EmptyState compact title={t("programs.no_calls")} />
      ) : (
        <>
          <ul className={own.calls} aria-label={t("programs.calls")}>
            {calls.map((call, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two calls may be alike in everything
              <CallRow key={place} call={call} />
            ))}
          </ul>
          {found.hasNextPage && (
            <Button
              mt="md"
              variant="default"
              loading={found.isFetchingNextPage}
              onClick={() => found.fetchNextPage()}
            >
              {t("programs.older_calls")}
            </Button>
          )}
        </>
      )}
    </Drawer>
  );
}

function CallRow({ call }: { call: KeyCall }) {
  const hue = call.status < 400 ? "green" : call.status < 500 ? "amber" : "red";
  return (
    <li className={own.call}>
      <Chip hue={hue}>{call.status}</Chip>
      <span className={own.callWords}>
        <code className={own.path} title={call.path}>
          {call.method} {calledPath(call.path, currentWorkspace())}
        </code>
        <span className={classes.quiet}>
          {[formatDateTime(call.at), call.address].filter(Boolean).join(" · ")}
        </span>
      </span>
    </li>
  );
}
