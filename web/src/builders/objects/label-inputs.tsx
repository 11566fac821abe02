/** Words in both languages, the reader's own first. */
import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Label, Language } from "@/api/types";
import { currentLanguage, LANGUAGES } from "@/lib/language";

export function LabelInputs({
  name,
  value,
  onChange,
  problems = {},
  required,
  autoFocus,
  disabled,
  id = name,
}: {
  /** What the words are, such as 名称. */
  name: string;
  value: Partial<Label>;
  onChange(value: Partial<Label>): void;
  problems?: Partial<Record<Language, string>>;
  required?: boolean;
  autoFocus?: boolean;
  disabled?: boolean;
  id?: string;
}) {
  const { t } = useTranslation();
  const own = currentLanguage();
  const order = [own, ...LANGUAGES.filter((language) => language !== own)];
  return (
    <Group grow align="flex-start" gap="sm" wrap="wrap" preventGrowOverflow={false}>
      {order.map((language, at) => (
        <TextInput
          key={language}
          name={`${id}.${language}`}
          label={t(language === "en" ? "objects.in_english" : "objects.in_chinese", { name })}
          miw={200}
          maxLength={60}
          withAsterisk={required && at === 0}
          placeholder={at === 0 ? undefined : value[own] || undefined}
          value={value[language] ?? ""}
          error={problems[language]}
          disabled={disabled}
          data-autofocus={(autoFocus && at === 0) || undefined}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
        />
      ))}
    </Group>
  );
}
