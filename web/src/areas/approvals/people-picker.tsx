/** One person, or several, who work here and may be asked. */
import { ActionIcon, Input } from "@mantine/core";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Filter, Reference } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Avatar } from "@/ui/avatar";
import classes from "./approvals.module.css";

/** Those who work here without some: left out by the question itself, lest they take the places of others. */
const activeBut = (without: readonly string[]): Filter => ({
  and: [
    { field: "status", op: "eq", value: "active" },
    ...(without.length > 0 ? [{ field: "id", op: "not_in", value: [...without].sort() }] : []),
  ],
});

interface PeoplePickerProps {
  several: boolean;
  label: string;
  value: Reference[];
  /** Who is not offered. */
  without: string[];
  onChange(people: Reference[]): void;
}

export function PeoplePicker({ several, label, value, without, onChange }: PeoplePickerProps) {
  const { t } = useTranslation();
  const members = useObject("member");
  if (!members) return null;
  const chosen = several ? value : [];
  return (
    <Input.Wrapper label={label} withAsterisk>
      {chosen.length > 0 && (
        <ul className={classes.people}>
          {chosen.map((person) => (
            <li key={person.id}>
              <Avatar name={person.title ?? "?"} size={20} />
              {person.title}
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t("approvals.remove_person", { name: person.title })}
                onClick={() => onChange(value.filter(({ id }) => id !== person.id))}
              >
                <X size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <RecordPicker
        object={members}
        people
        value={several ? null : (value[0] ?? null)}
        where={activeBut(without)}
        without={chosen.map(({ id }) => id)}
        aria-label={label}
        placeholder={t(chosen.length > 0 ? "approvals.add_person" : "approvals.choose_person")}
        onPick={(person) => onChange(person ? (several ? [...value, person] : [person]) : [])}
      />
    </Input.Wrapper>
  );
}
