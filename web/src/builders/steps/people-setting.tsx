/** Whom a step means: people by name, by role, by place in the organisation, or as the record and the run say. */
import { ActionIcon, Input, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { label } from "@/lib/label";
import type { KindField } from "@/records/field-kinds/types";
import { rolesQuery } from "../layouts/requests";
import { words } from "../objects/setting-inputs";
import type { SettingInputProps } from "../objects/setting-props";
import { Constant } from "./constant";
import { notAskableQuery } from "./requests";
import classes from "./steps.module.css";

const KINDS = [
  "member",
  "role",
  "department",
  "superior",
  "head",
  "owner",
  "starter",
  "field",
  "chosen",
] as const;
const HIGHEST = 10;
/** Kinds of steps at which people decide; nobody is named there who cannot sign in. */
const DECIDING = "approval.";

export interface Person {
  kind: (typeof KINDS)[number];
  members?: string[];
  role?: string;
  department?: string;
  of?: "starter" | "owner";
  levels?: number;
  field?: string;
}

/** An entry as it begins. `of`: whose superior is meant, unless somebody says otherwise. */
function begun(kind: Person["kind"], of: Person["of"]): Person {
  if (kind === "member") return { kind, members: [] };
  return kind === "superior" || kind === "head" ? { kind, of, levels: 1 } : { kind };
}

/** Fields of an object in which members stand. */
const ofPeople = (fields: readonly Field[]) =>
  fields.filter(({ kind, settings }) => kind === "person" || settings.target === "member");

export function PeopleSetting(props: SettingInputProps) {
  const { t } = useTranslation();
  const object = useObject(props.object.key);
  const { label: name, ...rest } = words(props);
  const people = (props.value as Person[] | undefined) ?? [];
  const fields = ofPeople(object?.fields ?? []);
  const decides = props.kind.key.startsWith(DECIDING);
  const shut = useQuery({ ...notAskableQuery(), enabled: decides }).data ?? [];
  // Only where somebody submits, who can be asked.
  const submitted = props.setting.choices.some(({ key }) => key === "chosen");
  const of = object && !submitted ? "owner" : "starter";
  const kinds = KINDS.filter(
    (kind) =>
      (kind !== "owner" || object) &&
      (kind !== "field" || fields.length > 0) &&
      (kind !== "chosen" || submitted),
  ).map((kind) => ({ value: kind, label: t(`steps.people_${kind}`) }));
  const keep = (next: Person[]) => props.set(next.length > 0 ? next : null);
  const put = (at: number, one: Person) => keep(people.map((each, place) => (place === at ? one : each)));
  return (
    <Input.Wrapper {...rest} label={name} labelElement="div">
      <div className={classes.rows}>
        {people.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <div className={classes.row} key={`${at} ${one.kind}`}>
            <Select
              aria-label={t("steps.people_kind")}
              allowDeselect={false}
              data={kinds}
              value={one.kind}
              onChange={(kind) => kind && put(at, begun(kind as Person["kind"], of))}
            />
            <div className={classes.value}>
              <Details one={one} fields={fields} shut={shut} onChange={(next) => put(at, next)} />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={t("steps.remove_value", { name: t(`steps.people_${one.kind}`) })}
              onClick={() => keep(people.filter((_, place) => place !== at))}
            >
              <X size={15} />
            </ActionIcon>
          </div>
        ))}
        <Select
          w={260}
          maw="100%"
          aria-label={t("steps.add_people")}
          placeholder={t("steps.add_people")}
          leftSection={<Plus size={14} aria-hidden />}
          data={kinds}
          value={null}
          onChange={(kind) => kind && keep([...people, begun(kind as Person["kind"], of)])}
        />
      </div>
    </Input.Wrapper>
  );
}

function Details({
  one,
  fields,
  shut,
  onChange,
}: {
  one: Person;
  fields: readonly Field[];
  /** Members who are not offered. */
  shut: readonly string[];
  onChange(one: Person): void;
}) {
  const { t } = useTranslation();
  const roles = useQuery({ ...rolesQuery(), enabled: one.kind === "role" }).data ?? [];
  const of = (target: string, several: boolean): KindField & Pick<Field, "trait"> => ({
    key: target,
    kind: several ? "many_to_many" : "lookup",
    trait: several ? "refs" : "ref",
    label: { "zh-CN": t(`steps.people_${one.kind}`), en: t(`steps.people_${one.kind}`) },
    settings: { target },
  });
  switch (one.kind) {
    case "member":
      return (
        <Constant
          field={{ ...of("member", true), without: shut }}
          of={undefined}
          name={t("steps.people_member")}
          value={one.members ?? []}
          onChange={(members) => onChange({ ...one, members: (members as string[] | null) ?? [] })}
        />
      );
    case "department":
      return (
        <Constant
          field={of("department", false)}
          of={undefined}
          name={t("steps.people_department")}
          value={one.department ?? null}
          onChange={(department) =>
            onChange({ ...one, department: (department as string | null) ?? undefined })
          }
        />
      );
    case "role":
      return (
        <Select
          aria-label={t("steps.people_role")}
          searchable
          data={roles}
          value={one.role ?? null}
          onChange={(role) => onChange({ ...one, role: role ?? undefined })}
        />
      );
    case "field":
      return (
        <Select
          aria-label={t("steps.people_field")}
          searchable
          data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
          value={one.field ?? null}
          onChange={(field) => onChange({ ...one, field: field ?? undefined })}
        />
      );
    case "head":
    case "superior":
      return (
        <div className={classes.pair}>
          <Select
            aria-label={t("steps.people_of")}
            allowDeselect={false}
            data={(["starter", "owner"] as const).map((value) => ({
              value,
              label: t(`steps.of_${value}`),
            }))}
            value={one.of ?? "starter"}
            onChange={(next) => onChange({ ...one, of: next as Person["of"] })}
          />
          <NumberInput
            aria-label={t("steps.levels")}
            min={1}
            max={HIGHEST}
            allowDecimal={false}
            suffix={t("steps.levels_up")}
            value={one.levels ?? 1}
            onChange={(levels) => onChange({ ...one, levels: Number(levels) || 1 })}
          />
        </div>
      );
    default:
      return <span className={classes.said}>{t(`steps.people_${one.kind}_help`)}</span>;
  }
}
