/** A masked number; whoever may edit the record can look at all of it, which the history notes. */
import { ActionIcon } from "@mantine/core";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { runAction } from "@/lib/records";
import { toastError } from "@/ui/toast";
import classes from "../field-kinds.module.css";
import type { DisplayProps } from "../types";

export function IdentityNumberDisplay({ value, field, record, object, linked = true }: DisplayProps<string>) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState<{ of: unknown; number: string } | null>(null);
  const number = whole?.of === value ? whole?.number : undefined;
  const reveals = linked && object && record && record._rights?.edit !== false;
  const toggle = async () => {
    if (number) return setWhole(null);
    try {
      const params = { object, record: record?.id, field: field.key };
      const { result } = await runAction<{ value: string | null }>("records/reveal-value", params);
      setWhole({ of: value, number: result.value ?? "" });
    } catch (error) {
      toastError(errorMessage(error));
    }
  };
  return (
    <span className={classes.withIcon}>
      <span className={classes.numeric}>{number ?? value}</span>
      {reveals && (
        <ActionIcon
          className={classes.above}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t(number ? "field-kinds.hide" : "field-kinds.reveal")}
          title={t(number ? "field-kinds.hide" : "field-kinds.reveal")}
          onClick={toggle}
        >
          {number ? <EyeOff size={14} /> : <Eye size={14} />}
        </ActionIcon>
      )}
    </span>
  );
}
