/** A sentence in both languages, the reader's own first. */
import { Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label, Language } from "@/api/types";
import { currentLanguage, LANGUAGES } from "@/lib/language";

export function WordsInputs({
  name,
  help,
  value,
  problems = {},
  required,
  rows = 2,
  onChange,
}: {
  name: string;
  help?: string;
  value: Label;
  problems?: Partial<Record<Language, string>>;
  required?: boolean;
  rows?: number;
  onChange(value: Label): void;
}) {
  const { t } = useTranslation();
  const own = currentLanguage();
  const order = [own, ...LANGUAGES.filter((language) => language !== own)];
  return (
    <Stack gap="xs">
      {order.map((language, at) => (
        <Textarea
          key={language}
          label={t(language === "en" ? "objects.in_english" : "objects.in_chinese", { name })}
          description={at === 0 ? help : undefined}
          autosize
          minRows={rows}
          maxRows={8}
          withAsterisk={required && at === 0}
          placeholder={at === 0 ? undefined : value[own] || undefined}
          value={value[language]}
          error={problems[language]}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
        />
      ))}
    </Stack>
  );
}
