/** One object in the designer: its fields, relations, settings and changes, and the tabs that other builders add. */
import { Alert, Button, Menu, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import {
  Archive,
  ArchiveRestore,
  ChevronRight,
  Ellipsis,
  SquareArrowOutUpRight,
  TriangleAlert,
} from "lucide-react";
import { type MouseEvent, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { useOpens, useOpensDesigner, useSystemRight } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { Chip, hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { Page, PageHeader } from "@/ui/page";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { Writable } from "@/ui/writable";
import { ForConfigurers } from "./for-configurers";
import { type DesignedWhole, isArchived } from "./model";
import { OBJECT_TABS } from "./object-tabs";
import classes from "./objects.module.css";
import { objectQuery, objectsQuery } from "./requests";
import { useObjectVerbs } from "./use-object-verbs";

const route = getRouteApi("/w/$ws/settings/objects/$key");

export function ObjectPage() {
  const { t } = useTranslation();
  return (
    <ForConfigurers title={t("objects.title")} allowed={useOpensDesigner(route.useParams().key)}>
      <OneObject />
    </ForConfigurers>
  );
}

function OneObject() {
  const { t } = useTranslation();
  const { key } = route.useParams();
  const answer = useQuery(objectQuery(key));
  const object = answer.data;
  usePageTitle(object ? label(object.values.label) : t("objects.title"));
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!object) return <RowsSkeleton rows={10} height={44} />;
  return <Designed object={object} />;
}

function Designed({ object }: { object: DesignedWhole }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab } = route.useSearch();
  const retention = useQuery(objectsQuery()).data?.retention_days ?? 0;
  const { archive, restore, question } = useObjectVerbs(retention);
  const ws = currentWorkspace();
  const puts = useSystemRight("configure");
  const whole = useOpens("configure");
  const tabs = OBJECT_TABS.filter((one) => whole || !one.ofWorkspace);
  const current = tabs.find((one) => one.key === tab) ?? tabs[0];
  const failed = object.steps.filter((step) => step.state === "failed");
  const leave = () => navigate({ to: "/w/$ws/settings/objects", params: { ws } });
  return (
    <Page
      width={1080}
      header={
        <PageHeader
          trail={
            <>
              <Link className={classes.name} to="/w/$ws/settings/objects" params={{ ws }}>
                {t("objects.title")}
              </Link>
              <ChevronRight size={14} aria-hidden />
            </>
          }
          icon={
            <span className={classes.iconSmall} style={hueStyle(object.values.color)}>
              <IconByName name={object.values.icon} size={14} />
            </span>
          }
          title={label(object.values.label)}
          meta={
            <Chip hue={object.custom ? "blue" : "slate"}>
              {t(object.custom ? "objects.custom" : "objects.standard")}
            </Chip>
          }
          actions={
            <>
              {!isArchived(object) && (
                <Button
                  component="a"
                  href={`/w/${ws}/o/${object.key}`}
                  variant="default"
                  leftSection={<SquareArrowOutUpRight size={15} />}
                  onClick={(event: MouseEvent) => {
                    event.preventDefault();
                    navigate({ to: "/w/$ws/o/$object", params: { ws, object: object.key } });
                  }}
                >
                  {t("objects.open_list")}
                </Button>
              )}
              {object.custom && puts && (
                <Menu position="bottom-end" width={180}>
                  <Menu.Target>
                    <Button variant="default" px={8} aria-label={t("objects.actions")}>
                      <Ellipsis size={16} />
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {isArchived(object) ? (
                      <Menu.Item leftSection={<ArchiveRestore size={15} />} onClick={() => restore(object)}>
                        {t("objects.restore")}
                      </Menu.Item>
                    ) : (
                      <Menu.Item
                        leftSection={<Archive size={15} />}
                        onClick={async () => (await archive(object)) && leave()}
                      >
                        {t("objects.archive")}
                      </Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              )}
            </>
          }
        />
      }
    >
      {isArchived(object) && (
        <Alert color="orange" variant="light" mb="sm" icon={<Archive size={16} />}>
          {t("objects.is_archived", { count: retention })}
        </Alert>
      )}
      {failed.length > 0 && (
        <Alert color="red" variant="light" mb="sm" icon={<TriangleAlert size={16} />}>
          {failed.map((step) => (
            <div key={step.name}>
              {t("objects.step_failed", { name: step.name, error: step.error ?? "" })}
            </div>
          ))}
        </Alert>
      )}
      <Tabs
        value={current?.key ?? null}
        keepMounted={false}
        styles={{ list: { flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" } }}
        onChange={(next) =>
          navigate({
            to: "/w/$ws/settings/objects/$key",
            params: { ws, key: object.key },
            search: { tab: next ?? undefined },
            replace: true,
          })
        }
      >
        <Tabs.List>
          {tabs.map((one) => (
            <Tabs.Tab key={one.key} value={one.key}>
              {t(one.title)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ key, Panel }) => (
          <Tabs.Panel key={key} value={key} className={classes.tab}>
            <Suspense fallback={<RowsSkeleton rows={8} />}>
              <Writable>
                <Panel object={object} />
              </Writable>
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
      {question}
    </Page>
  );
}
