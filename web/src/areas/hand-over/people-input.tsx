/** Several people, picked one after the other. */
import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Avatar } from "@/ui/avatar";
import classes from "./people-input.module.css";

/** Who may receive: people at work, without the giver. */
const ACTIVE = { field: "status", op: "eq", value: "active" };

export function PersonInput({
  giver,
  value,
  without = [],
  label,
  placeholder,
  onPick,
}: {
  giver: string;
  value: Reference | null;
  without?: readonly string[];
  label: string;
  placeholder?: string;
  onPick(person: Reference | null): void;
}) {
  const people = useObject("member");
  if (!people) return null;
  return (
    <RecordPicker
      object={people}
      people
      value={value}
      where={ACTIVE}
      without={[giver, ...without]}
      onPick={onPick}
      aria-label={label}
      placeholder={placeholder}
    />
  );
}

export function PeopleInput({
  giver,
  value,
  label,
  onChange,
}: {
  giver: string;
  value: Reference[];
  label: string;
  onChange(people: Reference[]): void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.people}>
      {value.length > 0 && (
        <ul className={classes.chosen}>
          {value.map((person) => (
            <li key={person.id} className={classes.person}>
              <Avatar name={person.title ?? ""} size={22} />
              {person.title}
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t("hand-over.remove", { name: person.title })}
                onClick={() => onChange(value.filter(({ id }) => id !== person.id))}
              >
                <X size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <PersonInput
        giver={giver}
        value={null}
        without={value.map(({ id }) => id)}
        label={label}
        placeholder={t(value.length > 0 ? "hand-over.add_person" : "hand-over.choose_person")}
        onPick={(person) => person && onChange([...value, person])}
      />
    </div>
  );
}
