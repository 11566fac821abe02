/** The web forms of the workspace: where they are, whether they are on, and their designer. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { Writable } from "@/ui/writable";
import { FormDesigner } from "./form-designer";
import { addressOf, formsQuery, type WebForm } from "./requests";
import classes from "./web-forms.module.css";

export function WebFormsPage() {
  const { t } = useTranslation();
  const may = useOpens("configure");
  const [opened, setOpened] = useState<{ form: WebForm | null } | null>(null);
  usePageTitle(t("web-forms.title"));
  const found = useQuery({ ...formsQuery(), enabled: may });
  if (!may) {
    return (
      <Page header={<PageHeader title={t("web-forms.title")} />}>
        <EmptyState kind="forbidden" title={t("ui.forbidden")} />
      </Page>
    );
  }
  return (
    <Writable>
      <Page width={960} header={<PageHeader title={t("web-forms.title")} />}>
        <div className={classes.head}>
          <p>{t("web-forms.about")}</p>
          <Button leftSection={<Plus size={16} />} onClick={() => setOpened({ form: null })}>
            {t("web-forms.new")}
          </Button>
        </div>
        {found.isError ? (
          <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
        ) : !found.data ? (
          <RowsSkeleton rows={3} height={56} />
        ) : found.data.length === 0 ? (
          <EmptyState title={t("web-forms.none")} />
        ) : (
          <ul className={things.list} aria-label={t("web-forms.title")}>
            {found.data.map((form) => (
              <li key={form.id} className={classes.row}>
                <button type="button" className={classes.linkButton} onClick={() => setOpened({ form })}>
                  {form.name}
                </button>
                {!form.active && <Chip hue="slate">{t("web-forms.idle")}</Chip>}
                <span className={classes.detail}>
                  {t("web-forms.words", { count: form.fields?.length ?? 0 })}
                </span>
                <a className={classes.open} href={addressOf(form.token)} target="_blank" rel="noreferrer">
                  <ExternalLink size={14} aria-hidden />
                  {t("web-forms.open")}
                </a>
              </li>
            ))}
          </ul>
        )}
        {opened && (
          <FormDesigner key={opened.form?.id ?? "new"} form={opened.form} onClose={() => setOpened(null)} />
        )}
      </Page>
    </Writable>
  );
}
