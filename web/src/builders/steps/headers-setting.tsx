/** Headers of a request: names with values that may hold fields in braces, or with secrets behind a fixed beginning. */
import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import classes from "./steps.module.css";

interface Header {
  name: string;
  value?: string;
  secret?: string;
}

export function HeadersSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const { label: name, ...rest } = words(props);
  const headers = (props.value as Header[] | undefined) ?? [];
  const keep = (next: Header[]) => props.set(next.length > 0 ? next : null);
  const put = (place: number, part: Partial<Header>) =>
    keep(headers.map((one, at) => (at === place ? { ...one, ...part } : one)));
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.rows}>
        {headers.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two headers may be the same
          <div className={classes.row} key={at}>
            <TextInput
              aria-label={t("steps.header_name")}
              placeholder={t("steps.header_name")}
              value={one.name}
              onChange={(event) => put(at, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t("steps.header_value")}
              placeholder={t("steps.header_value")}
              value={one.value ?? ""}
              onChange={(event) => put(at, { value: event.currentTarget.value || undefined })}
            />
            <TextInput
              aria-label={t("steps.header_secret")}
              placeholder={t("steps.header_secret")}
              value={one.secret ?? ""}
              onChange={(event) => put(at, { secret: event.currentTarget.value || undefined })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={t("steps.remove_value", { name: one.name })}
              onClick={() => keep(headers.filter((_, place) => place !== at))}
            >
              <X size={15} />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => keep([...headers, { name: "" }])}
          >
            {t("steps.add_header")}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
