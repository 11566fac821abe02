/** The first question of a new record whose object has several types: which one it is. */
import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import classes from "./form.module.css";

export function TypeChoice({
  object,
  value,
  onChange,
}: {
  object: CatalogObject;
  value: unknown;
  onChange(type: string): void;
}) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("form.type")}
      labelProps={{ fz: 13, fw: 500, mb: 4 }}
      value={typeof value === "string" ? value : null}
      onChange={onChange}
    >
      <div className={classes.types}>
        {object.record_types.map((type) => (
          <Radio.Card key={type.key} value={type.key} className={classes.type} aria-label={label(type.label)}>
            <span className={classes.typeHead}>
              <Radio.Indicator size="xs" />
              <Chip hue={type.color}>{label(type.label)}</Chip>
            </span>
            {label(type.description) && <p className={classes.typeHelp}>{label(type.description)}</p>}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
