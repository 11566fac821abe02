/** The objects of the workspace: those of the product and its own, in use or archived. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOpensSomeDesigner, useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { ForConfigurers } from "./for-configurers";
import { isArchived, isLive } from "./model";
import { NewObjectDialog } from "./new-object-dialog";
import { ObjectTable } from "./object-table";
import classes from "./objects.module.css";
import { objectsQuery } from "./requests";

type Shown = "all" | "custom" | "standard" | "archived";

export function ObjectListPage() {
  const { t } = useTranslation();
  usePageTitle(t("objects.title"));
  return (
    <ForConfigurers title={t("objects.title")} allowed={useOpensSomeDesigner()}>
      <Objects />
    </ForConfigurers>
  );
}

function Objects() {
  const { t } = useTranslation();
  const answer = useQuery(objectsQuery());
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const adds = useSystemRight("configure");
  const [adding, setAdding] = useState(false);
  const all = answer.data?.objects ?? [];
  const wanted = typed.trim().toLowerCase();
  const listed = all.filter((object) => {
    if (shown === "archived" ? !isArchived(object) : !isLive(object)) return false;
    if (shown === "custom" && !object.custom) return false;
    if (shown === "standard" && object.custom) return false;
    const words = [object.key, ...Object.values(object.values.label)];
    return words.some((word) => word.toLowerCase().includes(wanted));
  });
  const counts = {
    all: all.filter(isLive).length,
    custom: all.filter((one) => isLive(one) && one.custom).length,
    standard: all.filter((one) => isLive(one) && !one.custom).length,
    archived: all.filter(isArchived).length,
  };
  return (
    <Page
      width={1080}
      header={
        <PageHeader
          title={t("objects.title")}
          actions={
            adds && (
              <Button
                leftSection={<Plus size={16} />}
                onClick={() => setAdding(true)}
                disabled={!answer.data}
              >
                {t("objects.new")}
              </Button>
            )
          }
        />
      }
    >
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          aria-label={t("objects.search")}
          placeholder={t("objects.search")}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("objects.shown")}
          data={(["all", "custom", "standard", "archived"] as const).map((value) => ({
            value,
            label: t(`objects.shown_${value}`, { count: counts[value] }),
          }))}
          value={shown}
          onChange={(next) => setShown(next as Shown)}
        />
      </div>
      {answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : answer.isPending ? (
        <RowsSkeleton rows={10} height={52} />
      ) : listed.length === 0 ? (
        <EmptyState
          kind={wanted ? "search" : "empty"}
          title={t(wanted ? "objects.none_found" : "objects.none_here")}
          action={
            adds &&
            shown !== "archived" && (
              <Button variant="default" onClick={() => setAdding(true)}>
                {t("objects.new")}
              </Button>
            )
          }
        />
      ) : (
        <ObjectTable objects={listed} retention={answer.data.retention_days} />
      )}
      {adding && answer.data && <NewObjectDialog known={answer.data} onClose={() => setAdding(false)} />}
    </Page>
  );
}
