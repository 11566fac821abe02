/** A value that a role masks: told whole to whoever says why, which the audit log keeps. */
import { ActionIcon, Button, Popover, Textarea } from "@mantine/core";
import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, RecordRow } from "@/api/types";
import { ApiError } from "@/lib/api";
import { errorMessage } from "@/lib/error-message";
import { runAction } from "@/lib/records";
import { useOnlyLooks } from "@/lib/rights";
import classes from "./facts.module.css";

const LONGEST_REASON = 500;

interface RevealedProps {
  object: string;
  record: RecordRow;
  field: Field;
  /** The mask, as the field's kind draws it. */
  children: ReactNode;
}

export function Revealed({ object, record, field, children }: RevealedProps) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState<{ of: unknown; text: string } | null>(null);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  // Another value is another secret: what was told of the one before is hidden again.
  const told = whole?.of === record[field.key] ? whole?.text : undefined;
  const reveal = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const params = { object, record: record.id, field: field.key, reason };
      const { result } = await runAction<{ value: string | null }>("records/reveal-value", params);
      setWhole({ of: record[field.key], text: result.value ?? "—" });
      setAsking(false);
      setReason("");
    } catch (error) {
      setProblem((error instanceof ApiError && error.byField().reason) || errorMessage(error));
    }
  };
  if (useOnlyLooks()) return children;
  const name = t(told ? "page.hide_value" : "page.reveal_value");
  return (
    <span className={classes.revealed}>
      {told === undefined ? children : <span className={classes.told}>{told}</span>}
      <Popover opened={asking} onChange={setAsking} position="bottom-start" width={300} trapFocus shadow="md">
        <Popover.Target>
          <ActionIcon
            className={classes.above}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={name}
            title={name}
            onClick={() => (told === undefined ? setAsking(!asking) : setWhole(null))}
          >
            {told === undefined ? <Eye size={14} /> : <EyeOff size={14} />}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <form onSubmit={reveal} noValidate>
            <Textarea
              data-autofocus
              autosize
              minRows={2}
              maxLength={LONGEST_REASON}
              label={t("page.reveal_reason")}
              description={t("page.reveal_kept")}
              value={reason}
              error={problem}
              onChange={(event) => {
                setReason(event.currentTarget.value);
                setProblem(null);
              }}
            />
            <Button type="submit" size="xs" mt="sm" disabled={!reason.trim()}>
              {t("page.reveal")}
            </Button>
          </form>
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}
