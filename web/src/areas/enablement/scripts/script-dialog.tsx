/** Scripts for a record, those that fit best first: found by words and filters, taken over by one click. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Copy, Search, TextCursorInput } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hue, ProposedScript } from "@/api/types";
import { findField, useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { label } from "@/lib/label";
import { queryRecords, recordKeys } from "@/lib/records";
import { useNarrow } from "@/records/list/use-narrow";
import type { ComposerToolProps } from "@/records/timeline/composer-tools";
import { Chip } from "@/ui/chip";
import { FormProblem } from "@/ui/form-problem";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import { toastSuccess } from "@/ui/toast";
import { useProposedScripts, useUseScript } from "../requests";
import classes from "./scripts.module.css";

const PAUSE_MS = 250;
const MOST = 200;
const WAYS = new Set(["note", "call", "meeting", "task"]);

export function ScriptDialog(props: ComposerToolProps & { onClose(): void }) {
  const { object, record, activity, insert, onClose } = props;
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), PAUSE_MS);
  const [stage, setStage] = useState<string | null>(null);
  const [product, setProduct] = useState<string | null>(null);
  const [objection, setObjection] = useState<string | null>(null);
  const objections = useObjections();
  const asked = {
    object: object.key,
    record: record.id,
    search: wanted || undefined,
    stage: stage ?? undefined,
    product: product ?? undefined,
    objection: objection ?? undefined,
  };
  const query = useProposedScripts(asked);
  const use = useUseScript();
  const take = (script: ProposedScript, used_in: string) =>
    use.mutate(
      { script: script.id, object: object.key, record: record.id, used_in },
      {
        onSuccess: ({ result }) => {
          if (used_in !== "copy") insert(result.text);
          onClose();
        },
      },
    );
  const copy = async (script: ProposedScript) => {
    await navigator.clipboard.writeText(script.text);
    toastSuccess(t("enablement.copied"));
    take(script, "copy");
  };
  return (
    <Modal opened onClose={onClose} title={t("enablement.scripts")} size={680} fullScreen={narrow}>
      <div className={classes.filters}>
        <TextInput
          className={classes.search}
          leftSection={<Search size={14} />}
          aria-label={t("enablement.search")}
          placeholder={t("enablement.search")}
          value={search}
          data-autofocus
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Choice object="stage" name={t("enablement.stage")} value={stage} onChange={setStage} />
        <Choice object="product" name={t("enablement.product")} value={product} onChange={setProduct} />
        <Select
          aria-label={t("enablement.objection")}
          placeholder={t("enablement.objection")}
          data={objections.map(({ key, label: words }) => ({ value: key, label: label(words) }))}
          value={objection}
          onChange={setObjection}
          clearable
        />
      </div>
      <FormProblem text={use.isError ? errorMessage(use.error) : null} />
      {query.isPending ? (
        <RowsSkeleton rows={4} height={72} />
      ) : query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.scripts.length === 0 ? (
        <EmptyState compact title={t("enablement.no_scripts")}>
          {t("enablement.no_scripts_text")}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {query.data.scripts.map((script) => (
            <Script
              key={script.id}
              script={script}
              objection={objections.find(({ key }) => key === script.objection)}
              busy={use.isPending}
              onInsert={() => take(script, WAYS.has(activity.key) ? activity.key : "other")}
              onCopy={() => void copy(script)}
            />
          ))}
        </ul>
      )}
      {query.data && query.data.found > query.data.scripts.length && (
        <p className={classes.more}>{t("enablement.more_scripts", { count: query.data.found })}</p>
      )}
    </Modal>
  );
}

interface Option {
  key: string;
  label: Record<string, string>;
  color?: Hue;
}

function useObjections(): Option[] {
  const scripts = useObject("script");
  const field = scripts && findField(scripts, "objection");
  return (field?.settings.options as Option[] | undefined) ?? [];
}

function Choice(props: {
  object: string;
  name: string;
  value: string | null;
  onChange(next: string | null): void;
}) {
  const { object, name, value, onChange } = props;
  const known = useObject(object);
  const asked = { select: [known?.title ?? "name"], limit: MOST };
  const { data } = useQuery({
    queryKey: recordKeys.page(object, asked),
    queryFn: ({ signal }) => queryRecords(object, asked, signal),
    enabled: known !== undefined,
  });
  if (!known) return null;
  return (
    <Select
      aria-label={name}
      placeholder={name}
      data={(data?.rows ?? []).map((row) => ({ value: row.id, label: String(row[known.title] ?? "") }))}
      value={value}
      onChange={onChange}
      searchable
      clearable
    />
  );
}

interface ScriptProps {
  script: ProposedScript;
  objection: Option | undefined;
  busy: boolean;
  onInsert(): void;
  onCopy(): void;
}

function Script({ script, objection, busy, onInsert, onCopy }: ScriptProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.script}>
      <div className={classes.head}>
        <b className={classes.name}>{script.name}</b>
        {objection && <Chip hue={objection.color}>{label(objection.label)}</Chip>}
        {script.fits.map((reason) => (
          <span key={reason} className={classes.fits}>
            {t(`enablement.fits_${reason}`)}
          </span>
        ))}
        {script.uses > 0 && (
          <span className={classes.quiet}>{t("enablement.used", { count: script.uses })}</span>
        )}
      </div>
      <p className={classes.words}>{script.text}</p>
      <div className={classes.deeds}>
        <Button size="xs" leftSection={<TextCursorInput size={14} />} disabled={busy} onClick={onInsert}>
          {t("enablement.insert")}
        </Button>
        <Button size="xs" variant="default" leftSection={<Copy size={14} />} disabled={busy} onClick={onCopy}>
          {t("enablement.copy")}
        </Button>
      </div>
    </li>
  );
}
