/** "My forms": what the member is asked to fill in, and what they have filled in. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowForm } from "@/api/types";
import { formatDateTime, formatRelative } from "@/lib/format";
import { usePageTitle } from "@/lib/use-page-title";
import { currentWorkspace } from "@/lib/workspace";
import { BoxTabs } from "@/ui/box-tabs";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./forms.module.css";
import { type Box, formsQuery } from "./requests";

const BOXES: Box[] = ["open", "done"];
const route = getRouteApi("/w/$ws/forms");

export function FormsPage() {
  const { t } = useTranslation();
  const box = route.useSearch().box ?? "open";
  const navigate = route.useNavigate();
  usePageTitle(t("forms.mine"));
  return (
    <Page
      width={960}
      header={
        <PageHeader title={t("forms.mine")}>
          <BoxTabs
            name={t("forms.boxes")}
            boxes={BOXES.map((one) => ({ box: one, label: t(`forms.box_${one}`) }))}
            value={box}
            onChange={(next) =>
              navigate({ search: { box: next === "done" ? next : undefined }, replace: true })
            }
          />
        </PageHeader>
      }
    >
      <OneBox key={box} box={box} />
    </Page>
  );
}

function OneBox({ box }: { box: Box }) {
  const { t } = useTranslation();
  const forms = useQuery(formsQuery(box));
  if (forms.isError) return <ErrorState error={forms.error} onRetry={() => forms.refetch()} />;
  if (forms.isPending) return <RowsSkeleton rows={6} height={56} />;
  if (forms.data.length === 0)
    return <EmptyState title={t(`forms.none_${box}`)}>{t(`forms.none_${box}_text`)}</EmptyState>;
  return (
    <ul className={classes.list}>
      {forms.data.map((form) => (
        <li key={form.id}>
          <FormLine form={form} />
        </li>
      ))}
    </ul>
  );
}

function FormLine({ form }: { form: FlowForm }) {
  const { t } = useTranslation();
  const at = form.filled_at ?? form.created_at;
  return (
    <Link className={classes.line} to="/w/$ws/forms/$id" params={{ ws: currentWorkspace(), id: form.id }}>
      <span className={classes.lineBody}>
        <span className={classes.title}>{form.title || "—"}</span>
        <span className={classes.meta}>
          {form.record?.title && <span>{form.record.title}</span>}
          <time dateTime={at} title={formatDateTime(at)}>
            {formatRelative(at)}
          </time>
          {form.open && form.due_at && <span>{t("forms.due", { time: formatDateTime(form.due_at) })}</span>}
        </span>
      </span>
      <Chip hue={form.open ? "amber" : "green"} dot>
        {t(form.open ? "forms.state_open" : "forms.state_done")}
      </Chip>
    </Link>
  );
}
