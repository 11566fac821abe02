/** The recovery codes, told once: to copy, to keep as a file. */
import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { Check, Copy, Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./security.module.css";

export function RecoveryCodes({
  codes,
  doneLabel,
  onDone,
}: {
  codes: string[];
  doneLabel: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const text = `${codes.join("\n")}\n`;
  const keep = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(
      new Blob([`${t("security.codes_file")}\n\n${text}`], { type: "text/plain" }),
    );
    link.download = "guanxi-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t("security.codes_text")}</Text>
      <ul className={classes.codes} aria-label={t("security.codes")}>
        {codes.map((code) => (
          <li key={code}>{code.replace(/^(.{4})/, "$1 ")}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
              onClick={copy}
            >
              {t(copied ? "security.copied" : "security.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" size="xs" leftSection={<Download size={14} />} onClick={keep}>
          {t("security.download")}
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onDone}>{doneLabel}</Button>
      </Group>
    </Stack>
  );
}
