/** Where an object stands in the navigation: one of the product's groups, a group of one's own, or nowhere. */
import { Autocomplete } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { GROUPS } from "@/lib/object-groups";

export function GroupSelect({
  value,
  onChange,
  disabled,
  why,
}: {
  value: string;
  onChange(value: string): void;
  disabled?: boolean;
  /** Why it is not theirs to choose. */
  why?: string;
}) {
  const { t } = useTranslation();
  const names = new Map<string, string>(GROUPS.map((group) => [group, t(`app.group_${group}`)]));
  return (
    <Autocomplete
      label={t("objects.group")}
      description={why ?? t("objects.group_help")}
      data={[...names.values()]}
      value={names.get(value) ?? value}
      disabled={disabled}
      onChange={(typed) => {
        const known = [...names].find(([, name]) => name === typed);
        onChange(known ? known[0] : typed);
      }}
    />
  );
}
