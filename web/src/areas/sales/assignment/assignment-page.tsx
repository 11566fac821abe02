/** Who is given new leads: the rules in their order, and the territories that they ask about. */
import { ActionIcon, Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentLanguage } from "@/lib/language";
import { recordKeys, updateRecord } from "@/lib/records";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { Chip } from "@/ui/chip";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import things from "@/ui/things.module.css";
import { toastError } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import classes from "./assignment.module.css";
import {
  type AssignmentRule,
  RULE,
  type Setting,
  settingsQuery,
  TERRITORY,
  type Territory,
} from "./requests";
import { SettingForm } from "./setting-form";

const SHOWN = 3;

export function AssignmentPage() {
  const { t } = useTranslation();
  const language = currentLanguage();
  const may = useOpens("configure");
  const [opened, setOpened] = useState<{ kind: Setting; record: RecordRow | null } | null>(null);
  const lead = useObject("lead");
  usePageTitle(t("assignment.title"));
  const header = <PageHeader title={t("assignment.title")} />;
  if (!may) {
    return (
      <Page header={header}>
        <EmptyState kind="forbidden" title={t("ui.forbidden")} />
      </Page>
    );
  }
  const industries = new Map(
    (
      ((lead && findField(lead, "industry")?.settings.options) as {
        key: string;
        label: Record<string, string>;
      }[]) ?? []
    ).map((one) => [one.key, label(one.label)]),
  );
  const some = (names: (string | null | undefined)[]) => {
    const known = names.filter((name): name is string => !!name);
    const more = known.length - SHOWN;
    return (
      known.slice(0, SHOWN).join(t("assignment.comma")) +
      (more > 0 ? t("assignment.more", { count: more }) : "")
    );
  };
  const ruleWords = (one: AssignmentRule) =>
    [
      one.by_territory && t("assignment.by_territory"),
      some([...one.members, ...one.departments, ...one.roles].map(({ title }) => title)),
      t(`assignment.mode_${one.mode}`),
      one.accept_minutes &&
        t(one.accept_at_work ? "assignment.within_work" : "assignment.within", {
          minutes: one.accept_minutes,
        }),
    ]
      .filter(Boolean)
      .join(" · ");
  const territoryWords = (one: Territory) =>
    [
      some((one.regions ?? []).map((region) => (language === "en" ? region.name_en : region.name))),
      some((one.industries ?? []).map((key) => industries.get(key))),
      one.members.length ? some(one.members.map(({ title }) => title)) : t("assignment.no_members"),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <Writable>
      <Page width={960} header={header}>
        <p className={classes.about}>{t("assignment.about")}</p>
        <Things<AssignmentRule>
          kind={RULE}
          ordered
          onOpen={(record) => setOpened({ kind: RULE, record })}
          words={ruleWords}
        />
        <Things<Territory>
          kind={TERRITORY}
          onOpen={(record) => setOpened({ kind: TERRITORY, record })}
          words={territoryWords}
        />
        {opened && (
          <SettingForm
            key={opened.record?.id ?? opened.kind}
            kind={opened.kind}
            record={opened.record}
            onClose={() => setOpened(null)}
          />
        )}
      </Page>
    </Writable>
  );
}

interface ThingsProps<T> {
  kind: Setting;
  /** Whether the first one that fits decides. */
  ordered?: boolean;
  words(one: T): ReactNode;
  onOpen(record: RecordRow | null): void;
}

function Things<T extends RecordRow & { name: string; active: boolean; position: number | null }>({
  kind,
  ordered = false,
  words,
  onOpen,
}: ThingsProps<T>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(settingsQuery<T>(kind));
  const [moving, setMoving] = useState(false);
  const move = async (place: number, by: number) => {
    const rows = [...(found.data ?? [])];
    const [one] = rows.splice(place, 1);
    if (!one) return;
    rows.splice(place + by, 0, one);
    setMoving(true);
    try {
      for (const [at, row] of rows.entries())
        if (row.position !== at + 1) await updateRecord(kind, row.id, { position: at + 1 }, row.rev);
    } catch (error) {
      toastError(error);
    } finally {
      await client.invalidateQueries({ queryKey: recordKeys.of(kind) });
      setMoving(false);
    }
  };
  return (
    <section className={classes.section} aria-label={t(`assignment.of_${kind}`)}>
      <div className={classes.sectionHead}>
        <h2>{t(`assignment.of_${kind}`)}</h2>
        <Button size="compact-md" leftSection={<Plus size={16} />} onClick={() => onOpen(null)}>
          {t(`assignment.new_${kind}`)}
        </Button>
      </div>
      {found.isError ? (
        <ErrorState compact error={found.error} onRetry={() => found.refetch()} />
      ) : found.isPending ? (
        <RowsSkeleton rows={2} height={48} />
      ) : found.data.length === 0 ? (
        <p className={classes.about}>{t(`assignment.no_${kind}`)}</p>
      ) : (
        <ul className={things.list}>
          {found.data.map((one, place) => (
            <li key={one.id} className={classes.row}>
              {ordered && <span className={classes.place}>{place + 1}</span>}
              <button type="button" className={classes.linkButton} onClick={() => onOpen(one)}>
                {one.name}
              </button>
              {!one.active && <Chip hue="slate">{t("assignment.idle")}</Chip>}
              <span className={classes.detail}>{words(one)}</span>
              <span className={classes.space} />
              {ordered && (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={moving || place === 0}
                    aria-label={t("assignment.up", { name: one.name })}
                    onClick={() => move(place, -1)}
                  >
                    <ArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={moving || place === found.data.length - 1}
                    aria-label={t("assignment.down", { name: one.name })}
                    onClick={() => move(place, 1)}
                  >
                    <ArrowDown size={16} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
