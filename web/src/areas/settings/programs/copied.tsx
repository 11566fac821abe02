/** A value that is there to be copied: itself, and the button. */
import { ActionIcon, Button, CopyButton, Tooltip } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./copied.module.css";

/** `name` says what it is; `wide` lets it take several lines, with the button below. */
export function Copied({ name, value, wide }: { name: string; value: string; wide?: boolean }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) =>
        wide ? (
          <div className={classes.wide}>
            <span className={classes.label}>{name}</span>
            <code className={classes.block}>{value}</code>
            <Button
              variant="default"
              size="xs"
              aria-label={t("programs.copy_of", { name })}
              leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
              onClick={copy}
            >
              {t(copied ? "programs.copied" : "programs.copy")}
            </Button>
          </div>
        ) : (
          <span className={classes.copied}>
            <code className={classes.code}>{value}</code>
            <Tooltip label={t(copied ? "programs.copied" : "programs.copy")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t("programs.copy_of", { name })}
                onClick={copy}
              >
                {copied ? <Check size={14} /> : <Copy size={14} />}
              </ActionIcon>
            </Tooltip>
          </span>
        )
      }
    </CopyButton>
  );
}
