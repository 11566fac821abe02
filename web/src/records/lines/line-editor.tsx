/** Priced lines as a sheet one types into: keys move, paste fills, prices come with their reason, totals stand below. */
import { Button, Input } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Plus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { label } from "@/lib/label";
import { RowsSkeleton } from "@/ui/states";
import { orNull } from "../field-kinds/parts/lists";
import type { LineEdit } from "../field-kinds/sub_table/lines";
import type { InputProps } from "../field-kinds/types";
import { LineCards } from "./line-cards";
import { LineGrid } from "./line-grid";
import classes from "./lines.module.css";
import { amountsOf, newRow, text, type Values } from "./model";
import { TotalsFoot } from "./totals-foot";
import { useLines } from "./use-lines";
import { useRounding } from "./use-rounding";

const NARROW = "(max-width: 640px)";

export default function LineEditor(props: InputProps<LineEdit[]>) {
  const { t } = useTranslation();
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const lines = useLines(props);
  const record: Values = props.record ?? {};
  const discount = text(record.discount) ?? "0";
  const taxIncluded = record.prices_include_tax !== false;
  const { currency, rows } = lines;
  const rounding = useRounding(currency, text(record.tax_rounding));
  const amounts = useMemo(
    () => amountsOf(rows, { ...rounding, discount, taxIncluded }),
    [rows, rounding, discount, taxIncluded],
  );
  if (!lines.child) return null;
  if (lines.pending) return <RowsSkeleton rows={3} />;
  const name = props["aria-label"] ?? label(props.field.label);
  const edits = props.value ?? [];
  const shared = { lines, amounts: amounts.lines, name, disabled: props.disabled ?? false };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own.
    <div className={classes.editor} role="group" aria-label={name} id={props.id}>
      {narrow ? <LineCards {...shared} /> : <LineGrid {...shared} />}
      <TotalsFoot
        total={amounts.total}
        currency={currency}
        discount={discount}
        taxIncluded={taxIncluded}
        count={rows.length}
      />
      {(lines.problem || typeof props.error === "string") && (
        <Input.Error role="alert">{lines.problem ?? props.error}</Input.Error>
      )}
      <span className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={props.disabled}
          leftSection={<Plus size={14} />}
          onClick={() => lines.insert(rows.length, [newRow()])}
        >
          {t("field-kinds.add_line")}
        </Button>
        {lines.kinds.map((kind) => (
          <Button
            key={kind}
            size="compact-sm"
            variant="subtle"
            disabled={props.disabled}
            onClick={() => lines.insert(rows.length, [newRow({ kind })])}
          >
            {t(`lines.add_${kind}`)}
          </Button>
        ))}
        {props.onCommit && edits.length > 0 && (
          <>
            <Button
              size="compact-sm"
              disabled={props.disabled}
              onClick={() => props.onCommit?.(orNull(edits), "stay")}
            >
              {t("field-kinds.save_lines")}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => props.onCancel?.()}>
              {t("field-kinds.cancel")}
            </Button>
          </>
        )}
      </span>
    </div>
  );
}
