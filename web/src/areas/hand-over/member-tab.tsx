/** On a person's page: what was handed over from them, and the way to hand over what they hold. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRightLeft } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatNumber } from "@/lib/format";
import { loadTexts } from "@/lib/i18n";
import { useOnlyLooks } from "@/lib/rights";
import { currentWorkspace } from "@/lib/workspace";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip } from "@/ui/chip";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { movedOf } from "./check-step";
import shared from "./hand-over.module.css";
import classes from "./member-tab.module.css";
import { handOversQuery } from "./requests";

/** The tab is drawn once its texts are there. */
const Panel = lazy(async () => {
  await loadTexts("areas/hand-over");
  return { default: HandOvers };
});

export function HandOverTab(props: RecordPartProps) {
  return (
    <Suspense fallback={<RowsSkeleton rows={4} />}>
      <Panel {...props} />
    </Suspense>
  );
}

function HandOvers({ record }: RecordPartProps) {
  const { t } = useTranslation();
  const found = useQuery(handOversQuery(record.id));
  const ws = currentWorkspace();
  const looks = useOnlyLooks();
  const begin = !looks && (
    <Button
      leftSection={<ArrowRightLeft size={16} />}
      renderRoot={(props) => (
        <Link to="/w/$ws/hand-over/$member" params={{ ws, member: record.id }} {...props} />
      )}
    >
      {t("hand-over.begin")}
    </Button>
  );
  if (found.isError) return <ErrorState compact error={found.error} onRetry={() => found.refetch()} />;
  if (found.isPending) return <RowsSkeleton rows={4} />;
  if (found.data.hand_overs.length === 0) {
    return (
      <EmptyState compact title={t("hand-over.none_yet")} action={begin}>
        {t("hand-over.none_yet_text")}
      </EmptyState>
    );
  }
  return (
    <div className={classes.tab}>
      {begin && <div className={classes.tabHead}>{begin}</div>}
      <ul className={things.list}>
        {found.data.hand_overs.map((one) => (
          <li key={one.id} className={shared.row}>
            <Link
              className={shared.link}
              to="/w/$ws/hand-over/$member"
              params={{ ws, member: record.id }}
              search={{ id: one.id }}
            >
              {formatDateTime(one.created_at)}
            </Link>
            <span className={shared.counts}>
              {t("hand-over.records", { count: movedOf(one), shown: formatNumber(movedOf(one)) })}
            </span>
            <span className={shared.summary}>{one.created_by?.title}</span>
            <Chip hue={one.state === "done" ? "green" : one.state === "undone" ? "slate" : "amber"}>
              {t(`hand-over.state_${one.state}`)}
            </Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}
