/** The value of a condition, edited by the input of the field's kind in the shape the operator asks for. */
import { Button, Group, Select, TagsInput } from "@mantine/core";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import type { Field, FieldKind, Reference } from "@/api/types";
import { lazily } from "@/ui/lazily";
import { fieldKind } from "../field-kinds";
import type { DistanceInputProps } from "./distance-input";
import { MineOffered, mineIn } from "./mine";
import { type ValueShape, valueShape } from "./operators";
import type { RelativeDateInputProps } from "./relative-date-input";

const RelativeDateInput = lazily<RelativeDateInputProps>(() => import("./relative-date-input"));
const MineMenu = lazily<{ field: Field; onChoose(value: string): void }>(async () => ({
  default: (await import("./mine-input")).MineMenu,
}));
const MineValue = lazily<{ value: string; onClear(): void }>(async () => ({
  default: (await import("./mine-input")).MineValue,
}));
const DistanceInput = lazily<DistanceInputProps>(() => import("./distance-input"));

type ValueProps = { field: Field; value: unknown; label: string; onChange(value: unknown): void };

export function ValueEditor({ field, op, ...props }: ValueProps & { op: string }) {
  const { t } = useTranslation();
  const shape = valueShape(op, field);
  if (shape === "none") return null;
  const mine = mineIn(props.value);
  if (mine) {
    const empty = shape === "list" || shape === "words" ? [] : null;
    return <MineValue value={mine} onClear={() => props.onChange(empty)} />;
  }
  if (shape === "relative") return <RelativeDateInput value={props.value} onChange={props.onChange} />;
  if (shape === "words") return <WordsInput {...props} field={field} />;
  if (shape === "distance") return <DistanceInput {...props} field={field} />;
  if (shape === "pair") {
    const [from, to] = Array.isArray(props.value) ? props.value : [null, null];
    return (
      <Group gap={6} wrap="nowrap" flex={1}>
        <KindInput
          field={field}
          shape="one"
          label={t("filter.from")}
          value={from}
          onChange={(next) => props.onChange([next, to])}
        />
        <KindInput
          field={field}
          shape="one"
          label={t("filter.to")}
          value={to}
          onChange={(next) => props.onChange([from, next])}
        />
      </Group>
    );
  }
  if (field.trait === "boolean") return <YesNo {...props} />;
  return <KindInput {...props} field={field} shape={shape} />;
}

/** Which kind's input writes the value: parts of texts are texts, one of several options is a list of options. */
function inputKind(field: Field, shape: ValueShape): FieldKind {
  if (field.trait === "text" || field.trait === "list") return "text";
  if (field.kind === "money") return "decimal";
  if (shape !== "list") return field.kind;
  if (field.trait === "choice") return "multi_choice";
  if (field.trait === "ref") return "many_to_many";
  return field.kind;
}

function KindInput({ field, shape, value, label, onChange }: ValueProps & { shape: ValueShape }) {
  const { t } = useTranslation();
  const kind = inputKind(field, shape);
  const { Input } = fieldKind(kind);
  const settings = field.kind === "person" ? { target: "member", ...field.settings } : field.settings;
  const ofMembers = settings.target === "member" && shape === "list";
  const chosen = (Array.isArray(value) ? value : []) as Reference[];
  const me = { id: "@me", title: t("filter.me") };
  return (
    <Group gap={6} wrap="nowrap" flex={1} miw={0}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Input
          value={value === "" ? null : value}
          field={{ ...field, kind, required: false, settings }}
          onChange={onChange}
          aria-label={label}
        />
      </div>
      {ofMembers && !chosen.some((each) => each.id === me.id) && (
        <Button variant="default" px={10} onClick={() => onChange([...chosen, me])}>
          {t("filter.me")}
        </Button>
      )}
      {useContext(MineOffered) && (
        <MineMenu field={field} onChoose={(mine) => onChange(shape === "list" ? [mine] : mine)} />
      )}
    </Group>
  );
}

function YesNo({ value, label, onChange }: Omit<ValueProps, "field">) {
  const { t } = useTranslation();
  return (
    <Select
      flex={1}
      aria-label={label}
      allowDeselect={false}
      data={[
        { value: "true", label: t("filter.yes") },
        { value: "false", label: t("filter.no") },
      ]}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === "true")}
    />
  );
}

/** A list of plain texts or numbers: one word per tag. */
function WordsInput({ field, value, label, onChange }: ValueProps) {
  const { t } = useTranslation();
  const words = Array.isArray(value) ? value.map(String) : [];
  return (
    <Group gap={6} wrap="nowrap" flex={1} miw={0}>
      <TagsInput
        flex={1}
        aria-label={label}
        value={words}
        placeholder={t("filter.words_placeholder")}
        inputMode={field.trait === "number" ? "decimal" : undefined}
        onChange={onChange}
      />
      {useContext(MineOffered) && <MineMenu field={field} onChoose={(mine) => onChange([mine])} />}
    </Group>
  );
}
