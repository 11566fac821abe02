/** One part of a conversion: made anew from the lead, or a record that exists; those that are like the lead are offered. */
import { SegmentedControl } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Duplicate, Filter, FoundDuplicates, Reference } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RecordPicker } from "@/records/lookup/record-picker";
import classes from "./convert-lead.module.css";

interface KnownOrNewProps {
  object: CatalogObject;
  /** Null makes a new one. */
  value: Reference | null;
  onChange(value: Reference | null, duplicate?: Duplicate): void;
  /** What to search for first. */
  suggestion: string | null;
  found: FoundDuplicates | undefined;
  where?: Filter | null;
  /** What is said or asked of a new one. */
  children: ReactNode;
  /** Stands beside the choice. */
  aside?: ReactNode;
}

export function KnownOrNew({
  object,
  value,
  onChange,
  suggestion,
  found,
  where,
  children,
  aside,
}: KnownOrNewProps) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(false);
  const name = label(object.label);
  return (
    <section className={classes.part} aria-label={name}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{name}</h3>
        <span className={classes.choice}>
          {aside}
          <SegmentedControl
            size="xs"
            aria-label={name}
            value={known ? "known" : "new"}
            data={[
              { value: "new", label: t("sales.make_new") },
              { value: "known", label: t("sales.use_known") },
            ]}
            onChange={(choice) => {
              setKnown(choice === "known");
              if (choice === "new") onChange(null);
            }}
          />
        </span>
      </div>
      {known ? (
        <RecordPicker
          key={value?.id}
          object={object}
          value={value}
          onPick={(picked) => onChange(picked)}
          where={where}
          clearable
          autoFocus={!value}
          aria-label={name}
          initialText={value ? undefined : (suggestion ?? undefined)}
        />
      ) : (
        children
      )}
      {found && (
        <Candidates
          object={object}
          found={found}
          chosen={value?.id}
          onUse={(duplicate) => {
            setKnown(true);
            onChange(duplicate.record, duplicate);
          }}
        />
      )}
    </section>
  );
}

interface CandidatesProps {
  object: CatalogObject;
  found: FoundDuplicates;
  chosen: string | undefined;
  onUse(duplicate: Duplicate): void;
}

function Candidates({ object, found: { candidates, hidden }, chosen, onUse }: CandidatesProps) {
  const { t } = useTranslation();
  const why = (one: Duplicate) =>
    one.why.map((key) => t("sales.same_field", { field: label(findField(object, key)?.label) })).join(" · ");
  const rest = candidates.filter(({ record }) => record.id !== chosen);
  if (!rest.length && !hidden) return null;
  return (
    <>
      {rest.length > 0 && (
        <ul className={classes.candidates} aria-label={t("sales.alike", { object: label(object.plural) })}>
          {rest.map((one) => (
            <li key={one.record.id}>
              <span className={classes.candidate}>
                <span className={classes.candidateName}>{one.record.title}</span>
                <span className={classes.new}>
                  {[why(one), one.company?.title, one.owner?.title].filter(Boolean).join(" · ")}
                </span>
              </span>
              <button
                type="button"
                className={classes.use}
                aria-label={t("sales.use_this", { title: one.record.title ?? "" })}
                onClick={() => onUse(one)}
              >
                {t("sales.use")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {hidden && (
        <p className={classes.hidden} role="note">
          <TriangleAlert size={14} aria-hidden />
          {t("sales.alike_hidden", { object: label(object.label) })}
        </p>
      )}
    </>
  );
}
