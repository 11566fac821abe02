/** Which fields of a lead go to which fields of the company, contact and opportunity that it becomes. */
import { ActionIcon, Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConversionMappings, MappedField, TargetMapping } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { createRecord, deleteRecord, updateRecord } from "@/lib/records";
import { useOpens } from "@/lib/rights";
import { usePageTitle } from "@/lib/use-page-title";
import { useSubmit } from "@/lib/use-submit";
import { Card } from "@/ui/card";
import { Page, PageHeader } from "@/ui/page";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { Writable } from "@/ui/writable";
import classes from "./conversion.module.css";
import { MAPPING, mappingsQuery } from "./requests";

export function MappingPage() {
  const { t } = useTranslation();
  const may = useOpens("configure");
  usePageTitle(t("conversion.title"));
  const found = useQuery({ ...mappingsQuery(), enabled: may });
  const header = <PageHeader title={t("conversion.title")} />;
  if (!may) {
    return (
      <Page header={header}>
        <EmptyState kind="forbidden" title={t("ui.forbidden")} />
      </Page>
    );
  }
  return (
    <Writable>
      <Page width={960} header={header}>
        {found.isError ? (
          <ErrorState error={found.error} onRetry={() => found.refetch()} />
        ) : !found.data ? (
          <RowsSkeleton rows={6} />
        ) : (
          <div className={classes.parts}>
            {found.data.mappings.map((one) => (
              <Mapping
                key={`${one.object} ${one.id} ${one.rev}`}
                mapping={one}
                sources={found.data.sources}
              />
            ))}
          </div>
        )}
      </Page>
    </Writable>
  );
}

type Pair = { to: string | null; source: string | null };

function Mapping({ mapping, sources }: { mapping: TargetMapping; sources: ConversionMappings["sources"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const catalog = useCatalog();
  const [pairs, setPairs] = useState<Pair[]>(mapping.fields);
  const { busy, problem, fields, submit } = useSubmit();
  const object = label(findObject(catalog, mapping.object)?.label) || mapping.object;
  const choices = new Map(mapping.choices.map((one) => [one.key, one]));
  const whole = pairs.filter((one): one is MappedField => !!one.to && !!one.source);
  const dirty = JSON.stringify(whole) !== JSON.stringify(mapping.fields);
  const set = (place: number, changed: Partial<Pair>) =>
    setPairs(pairs.map((one, at) => (at === place ? { ...one, ...changed } : one)));
  const settle = (doing: () => Promise<unknown>) =>
    submit(async () => {
      await doing();
      toastSuccess(t("conversion.saved"));
      await client.invalidateQueries({ queryKey: mappingsQuery().queryKey });
    });
  const save = () =>
    settle(() =>
      mapping.id
        ? updateRecord(MAPPING, mapping.id, { fields: whole }, mapping.rev ?? undefined)
        : createRecord(MAPPING, {
            name: t("conversion.mapping_of", { object }),
            object: mapping.object,
            fields: whole,
          }),
    );
  return (
    <Card title={object} text={t("conversion.mapping_text", { object })}>
      <ul className={classes.pairs}>
        {pairs.map((pair, place) => {
          const fitting = pair.to ? (choices.get(pair.to)?.sources ?? []) : Object.keys(sources);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no other name than its place.
            <li key={place} className={classes.pair}>
              <Select
                aria-label={t("conversion.source", { place: place + 1 })}
                placeholder={t("conversion.choose_source")}
                searchable
                data={fitting.map((key) => ({ value: key, label: label(sources[key]) }))}
                value={pair.source}
                onChange={(source) => set(place, { source })}
              />
              <ArrowRight size={16} className={classes.arrow} aria-hidden />
              <Select
                aria-label={t("conversion.target", { place: place + 1, object })}
                placeholder={t("conversion.choose_target")}
                searchable
                data={mapping.choices
                  .filter(({ key }) => key === pair.to || !pairs.some(({ to }) => to === key))
                  .map((one) => ({ value: one.key, label: label(one.label) }))}
                value={pair.to}
                onChange={(to) =>
                  set(place, {
                    to,
                    source:
                      to && pair.source && choices.get(to)?.sources.includes(pair.source)
                        ? pair.source
                        : null,
                  })
                }
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("conversion.remove", { place: place + 1 })}
                onClick={() => setPairs(pairs.filter((_, at) => at !== place))}
              >
                <X size={16} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {(problem ?? Object.values(fields)[0]) && (
        <p role="alert" className={classes.problem}>
          {problem ?? Object.values(fields)[0]}
        </p>
      )}
      <div className={classes.foot}>
        <Button
          variant="default"
          leftSection={<Plus size={16} />}
          onClick={() => setPairs([...pairs, { to: null, source: null }])}
        >
          {t("conversion.add")}
        </Button>
        <span className={classes.foot}>
          {mapping.id && (
            <Button
              variant="subtle"
              disabled={busy}
              onClick={() => settle(() => deleteRecord(MAPPING, mapping.id ?? ""))}
            >
              {t("conversion.reset")}
            </Button>
          )}
          <Button loading={busy} disabled={!dirty} onClick={save}>
            {t("ui.save")}
          </Button>
        </span>
      </div>
    </Card>
  );
}
