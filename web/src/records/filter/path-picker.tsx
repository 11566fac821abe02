/** Chooses a field of the object or, over to-one relations, of the objects it points at. */
import { Button, Menu, ScrollArea, TextInput } from "@mantine/core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field, Language, Relation } from "@/api/types";
import { findObject, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { MAX_DEPTH, offeredFields, pathLabel, resolvePath, targetOf } from "../query/paths";
import classes from "./filter.module.css";

type Chosen = { path: string; field: Field };

export function PathPicker({
  object,
  path,
  accepts,
  onChoose,
  onRelation,
  placeholder,
  children,
}: {
  object: CatalogObject;
  path: string;
  /** Which fields may be chosen. */
  accepts(field: Field): boolean;
  onChoose(chosen: Chosen): void;
  /** Offers to-many relations of the object as well. */
  onRelation?: (relation: Relation) => void;
  placeholder?: string;
  /** What opens the list, instead of a button that names the path. */
  children?: React.ReactElement;
}) {
  const { t, i18n } = useTranslation();
  const catalog = useCatalog();
  const [opened, setOpened] = useState(false);
  const fields = path ? resolvePath(catalog, object, path) : null;
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      width={260}
      withinPortal
      closeOnItemClick={false}
      trapFocus
    >
      <Menu.Target>
        {children ?? (
          <Button
            variant="default"
            className={classes.path}
            rightSection={<ChevronRight size={13} style={{ rotate: "90deg" }} />}
            justify="space-between"
          >
            {fields
              ? pathLabel(fields, i18n.language as Language)
              : (placeholder ?? t("filter.choose_field"))}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {opened && (
          <Choices
            root={object}
            accepts={accepts}
            onRelation={
              onRelation &&
              ((relation) => {
                setOpened(false);
                onRelation(relation);
              })
            }
            onChoose={(chosen) => {
              setOpened(false);
              onChoose(chosen);
            }}
          />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices({
  root,
  accepts,
  onChoose,
  onRelation,
}: {
  root: CatalogObject;
  accepts(field: Field): boolean;
  onChoose(chosen: Chosen): void;
  onRelation?: (relation: Relation) => void;
}) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const [steps, setSteps] = useState<{ key: string; object: CatalogObject; name: string }[]>([]);
  const [typed, setTyped] = useState("");
  const at = steps.at(-1);
  const object = at?.object ?? root;
  const matches = (name: string) => name.toLowerCase().includes(typed.trim().toLowerCase());
  const pathOf = (field: Field) => [...steps.map((step) => step.key), field.key].join(".");
  const enter = (field: Field, target: CatalogObject) => {
    setSteps([...steps, { key: field.key, object: target, name: label(field.label) }]);
    setTyped("");
  };
  const fields = offeredFields(object).filter((field) => matches(label(field.label)));
  const relations =
    onRelation && !at
      ? object.relations.filter(
          (relation) => findObject(catalog, relation.object) && matches(label(relation.label)),
        )
      : [];
  return (
    <>
      {at && (
        <Menu.Item leftSection={<ChevronLeft size={14} />} onClick={() => setSteps(steps.slice(0, -1))}>
          {at.name}
        </Menu.Item>
      )}
      <TextInput
        size="xs"
        m={4}
        data-autofocus
        aria-label={t("filter.find_field")}
        placeholder={t("filter.find_field")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [only] = fields.filter(accepts);
          if (event.key === "Enter" && only && typed && !event.nativeEvent.isComposing)
            onChoose({ path: pathOf(only), field: only });
        }}
      />
      <ScrollArea.Autosize mah={300} type="auto">
        {fields.map((field) => {
          const target = steps.length + 1 < MAX_DEPTH ? targetOf(catalog, field) : undefined;
          return (
            <div key={field.key} className={classes.choice}>
              {accepts(field) && (
                <Menu.Item
                  className={classes.choiceMain}
                  onClick={() => onChoose({ path: pathOf(field), field })}
                >
                  {label(field.label)}
                </Menu.Item>
              )}
              {target && (
                <Menu.Item
                  className={accepts(field) ? classes.choiceMore : classes.choiceMain}
                  aria-label={t("filter.fields_of", { name: label(field.label) })}
                  rightSection={accepts(field) ? undefined : <ChevronRight size={14} />}
                  onClick={() => enter(field, target)}
                >
                  {accepts(field) ? <ChevronRight size={14} /> : label(field.label)}
                </Menu.Item>
              )}
            </div>
          );
        })}
        {relations.length > 0 && <Menu.Label>{t("filter.related")}</Menu.Label>}
        {relations.map((relation) => (
          <Menu.Item key={relation.key} onClick={() => onRelation?.(relation)}>
            {label(relation.label)}
          </Menu.Item>
        ))}
        {fields.length === 0 && relations.length === 0 && <Menu.Label>{t("filter.no_field")}</Menu.Label>}
      </ScrollArea.Autosize>
    </>
  );
}
