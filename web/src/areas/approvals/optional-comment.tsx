/** What somebody may say to what they do; it is written in at once. */
import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function OptionalComment({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      mt="md"
      label={t("approvals.comment_optional")}
      autosize
      minRows={2}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
    />
  );
}
