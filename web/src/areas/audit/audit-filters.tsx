/** What narrows the audit log down: kinds, a person, an object, a period, an address; and a record or a key, when one is named. */
import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditKind } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { getRecord, recordKeys } from "@/lib/records";
import { RecordPicker } from "@/records/lookup/record-picker";
import classes from "./audit.module.css";
import { type AuditSearch, isNarrowed, PERIODS, type Period } from "./wanted";

interface AuditFiltersProps {
  search: AuditSearch;
  kinds: AuditKind[];
  onChange(next: AuditSearch): void;
}

const TYPING_MS = 400;

export function AuditFilters({ search, kinds, onChange }: AuditFiltersProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const members = findObject(catalog, "member");
  const member = useTitle("member", search.member);
  const groups = [...new Set(kinds.map((kind) => kind.group))].map((group) => ({
    group: t(`audit.group_${group}`),
    items: kinds
      .filter((kind) => kind.group === group)
      .map(({ key, label: name }) => ({ value: key, label: name })),
  }));
  const set = (part: AuditSearch) => onChange({ ...search, ...part });
  return (
    <div className={classes.filters}>
      <MultiSelect
        className={classes.kinds}
        aria-label={t("audit.kinds")}
        placeholder={search.kinds ? undefined : t("audit.kinds")}
        data={groups}
        value={search.kinds?.split(",") ?? []}
        onChange={(chosen) => set({ kinds: chosen.join(",") || undefined })}
        searchable
        clearable
        hidePickedOptions
        maxDropdownHeight={360}
        nothingFoundMessage={t("audit.no_kind")}
      />
      {members && (
        <div className={classes.filter}>
          <RecordPicker
            object={members}
            people
            clearable
            aria-label={t("audit.person")}
            placeholder={t("audit.person")}
            value={search.member ? { id: search.member, title: member } : null}
            onPick={(picked) => set({ member: picked?.id })}
          />
        </div>
      )}
      <Select
        className={classes.filter}
        aria-label={t("audit.object")}
        placeholder={t("audit.object")}
        data={catalog.objects.map((object) => ({ value: object.key, label: label(object.label) }))}
        value={search.object ?? null}
        onChange={(object) => set({ object: object ?? undefined, record: undefined })}
        searchable
        clearable
      />
      <Select
        className={classes.filter}
        aria-label={t("audit.period")}
        placeholder={t("audit.period")}
        data={PERIODS.map((period) => ({ value: period, label: t(`audit.period_${period}`) }))}
        value={search.period ?? null}
        onChange={(period) =>
          set({ period: (period as Period) ?? undefined, from: undefined, to: undefined })
        }
        clearable
      />
      {search.period === "chosen" && (
        <DatePickerInput
          className={classes.filter}
          type="range"
          aria-label={t("audit.days")}
          placeholder={t("audit.days")}
          valueFormat="YYYY-MM-DD"
          allowSingleDateInRange
          value={[search.from ?? null, search.to ?? null]}
          onChange={([from, to]) => set({ from: from ?? undefined, to: to ?? undefined })}
          clearable
        />
      )}
      <AddressInput value={search.ip ?? ""} onChange={(ip) => set({ ip: ip || undefined })} />
      {search.record && <RecordChip search={search} onClear={() => set({ record: undefined })} />}
      {search.key && (
        <Button
          variant="light"
          rightSection={<X size={14} />}
          onClick={() => set({ key: undefined, key_id: undefined })}
          aria-label={t("audit.every_key")}
        >
          {t("audit.key_is", { name: search.key })}
        </Button>
      )}
      {isNarrowed(search) && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {t("audit.clear")}
        </Button>
      )}
    </div>
  );
}

function AddressInput({ value, onChange }: { value: string; onChange(next: string): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, TYPING_MS);
  useEffect(() => {
    if (!value) setTyped("");
  }, [value]);
  return (
    <TextInput
      className={classes.filter}
      aria-label={t("audit.address")}
      placeholder={t("audit.address")}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
    />
  );
}

function RecordChip({ search, onClear }: { search: AuditSearch; onClear(): void }) {
  const { t } = useTranslation();
  const title = useTitle(search.object, search.record);
  return (
    <Button
      variant="light"
      rightSection={<X size={14} />}
      onClick={onClear}
      aria-label={t("audit.every_record")}
    >
      {t("audit.record_is", { title: title ?? "—" })}
    </Button>
  );
}

/** The title of a record of which the address knows the id alone. */
function useTitle(object: string | undefined, id: string | undefined): string | null {
  const catalog = useCatalog();
  const field = findObject(catalog, object ?? "")?.title;
  const found = useQuery({
    queryKey: [...recordKeys.record(object ?? "", id ?? ""), "title"],
    queryFn: ({ signal }) => getRecord(object ?? "", id ?? "", field ? [field] : undefined, signal),
    enabled: Boolean(object && id && field),
    retry: false,
  });
  return field && found.data ? String(found.data[field] ?? "") : null;
}
