/** What those who decide see and may change of the record: each field is hidden, read, or edited; read where nothing is said. */
import { ActionIcon, Input, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { Search, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import { type FieldRight, RIGHTS, type Rights, rightsWith, shownFields, summed } from "./rights";
import classes from "./rights.module.css";
import { writable } from "./values";

export function RightsSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const object = useObject(props.object.key);
  const [typed, setTyped] = useState("");
  const [onlySet, setOnlySet] = useState(false);
  const { label: name, ...rest } = words(props);
  const rights = (props.value as Rights | undefined) ?? {};
  if (!object) {
    return (
      <Input.Wrapper {...rest} label={name} labelElement="div">
        <p className={classes.quiet}>{t("steps.rights_no_object")}</p>
      </Input.Wrapper>
    );
  }
  const put = (key: string, right: FieldRight | null) => {
    const next = rightsWith(rights, key, right);
    props.set(Object.keys(next).length > 0 ? next : null);
  };
  const edited = new Set(writable(object).map(({ key }) => key));
  const known = new Set(object.fields.map(({ key }) => key));
  const gone = Object.keys(rights).filter((key) => !known.has(key));
  const fields = shownFields(object.fields, rights, typed, onlySet);
  const { hidden, edit } = summed(rights);
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          size="xs"
          aria-label={t("steps.rights_search")}
          placeholder={t("steps.rights_search")}
          leftSection={<Search size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Switch
          size="xs"
          label={t("steps.rights_only_set")}
          checked={onlySet}
          onChange={(event) => setOnlySet(event.currentTarget.checked)}
        />
      </div>
      <ul className={classes.fields} aria-label={name}>
        {gone.map((key) => (
          <li className={classes.field} key={key}>
            <span className={classes.gone}>{t("steps.no_field", { name: key })}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("steps.remove_value", { name: key })}
              onClick={() => put(key, null)}
            >
              <X size={15} />
            </ActionIcon>
          </li>
        ))}
        {fields.map((field) => (
          <OneField
            key={field.key}
            field={field}
            right={rights[field.key] ?? "read"}
            editable={edited.has(field.key)}
            onChange={(right) => put(field.key, right)}
          />
        ))}
        {fields.length === 0 && gone.length === 0 && (
          <li className={classes.quiet}>{t("steps.rights_none_found")}</li>
        )}
      </ul>
      <p className={classes.quiet}>
        {hidden + edit > 0 ? t("steps.rights_sum", { hidden, edit }) : t("steps.rights_all_read")}
      </p>
    </Input.Wrapper>
  );
}

interface OneFieldProps {
  field: Field;
  right: FieldRight;
  /** Whether anybody could change it. */
  editable: boolean;
  onChange(right: FieldRight): void;
}

function OneField({ field, right, editable, onChange }: OneFieldProps) {
  const { t } = useTranslation();
  const name = label(field.label);
  return (
    <li className={classes.field} data-set={right === "read" ? undefined : true}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <SegmentedControl
        size="xs"
        aria-label={t("steps.right_of", { name })}
        data={RIGHTS.map((value) => ({
          value,
          label: t(`steps.right_${value}`),
          disabled: value === "edit" && !editable && right !== "edit",
        }))}
        value={right}
        onChange={(next) => onChange(next as FieldRight)}
      />
    </li>
  );
}
