/** Targets and forecast: what a period is likely to bring, what it should, what changed, and how good earlier forecasts were. */
import { ActionIcon, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "@/lib/use-page-title";
import { BoxTabs } from "@/ui/box-tabs";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./forecast.module.css";
import { ForecastTab } from "./forecast-tab";
import { PastErrors } from "./past-errors";
import { forecastQuery, type Unit } from "./requests";
import { askedOf, type ForecastSearch, periodBeside, type Tab } from "./search";
import { TargetsTab } from "./targets-tab";
import { Trail } from "./trail";
import { WaterfallTab } from "./waterfall-tab";

const route = getRouteApi("/w/$ws/forecast");
const TABS: Tab[] = ["forecast", "targets", "waterfall", "errors"];
const UNITS: Unit[] = ["month", "quarter", "year"];

export function ForecastPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (change: Partial<ForecastSearch>) =>
    navigate({ search: { ...search, ...change }, replace: true });
  const asked = askedOf(search);
  const tab = search.tab ?? "forecast";
  const found = useQuery({ ...forecastQuery(asked), placeholderData: keepPreviousData });
  usePageTitle(t("forecast.title"));
  const period = found.data?.period;
  const move = (steps: number) =>
    period &&
    go({ day: periodBeside(period.unit, period.begins, steps), since: undefined, until: undefined });
  return (
    <Page
      header={
        <PageHeader
          title={t("forecast.title")}
          actions={
            <>
              <SegmentedControl
                size="xs"
                aria-label={t("forecast.period")}
                value={asked.period}
                data={UNITS.map((unit) => ({ value: unit, label: t(`forecast.unit_${unit}`) }))}
                onChange={(unit) => go({ period: unit as Unit, since: undefined, until: undefined })}
              />
              <span className={classes.stepper}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("forecast.earlier")}
                  onClick={() => move(-1)}
                >
                  <ChevronLeft size={16} />
                </ActionIcon>
                <strong className={classes.periodName}>{period?.name ?? "…"}</strong>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("forecast.later")}
                  onClick={() => move(1)}
                >
                  <ChevronRight size={16} />
                </ActionIcon>
              </span>
            </>
          }
        >
          <BoxTabs
            name={t("forecast.title")}
            boxes={TABS.map((box) => ({ box, label: t(`forecast.tab_${box}`) }))}
            value={tab}
            onChange={(box) => go({ tab: box })}
          />
        </PageHeader>
      }
    >
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : !found.data ? (
        <RowsSkeleton rows={8} height={40} />
      ) : (
        <>
          <Trail page={found.data} go={go} />
          {tab === "forecast" && <ForecastTab page={found.data} go={go} />}
          {tab === "targets" && <TargetsTab asked={asked} search={search} go={go} />}
          {tab === "waterfall" && <WaterfallTab asked={asked} search={search} go={go} />}
          {tab === "errors" && <PastErrors asked={asked} />}
        </>
      )}
    </Page>
  );
}
