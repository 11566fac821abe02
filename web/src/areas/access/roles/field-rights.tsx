/** What of each field a role shows: hidden, masked, told on demand, read, edited; for all records or those of a type. */
import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, Field } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { EmptyState } from "@/ui/states";
import things from "@/ui/things.module.css";
import classes from "./field-rights.module.css";
import {
  countLimited,
  hasOwnLevel,
  inMatrixOrder,
  isNone,
  LEVELS,
  type Level,
  levelOf,
  lineOf,
  type Permissions,
  reachOf,
  rightfulFields,
  withLevel,
  withLine,
} from "./permissions";
import shared from "./roles.module.css";

/** What the title of a record may be: it names the record everywhere. */
const OF_TITLES: readonly Level[] = ["read", "edit"];
const EVERY_TYPE = "";
const FOLLOWING = "following";

interface FieldRightsProps {
  permissions: Permissions;
  readOnly: boolean;
  object: string | null;
  onObject(key: string): void;
  onChange(permissions: Permissions): void;
}

export function FieldRights(props: FieldRightsProps) {
  const { t } = useTranslation();
  const { business, settings } = inMatrixOrder(useCatalog().objects);
  const objects = [...business, ...settings];
  const object = objects.find(({ key }) => key === props.object) ?? objects[0];
  if (!object) return <EmptyState title={t("roles.no_objects")} />;
  return (
    <div className={classes.fieldRights}>
      <nav className={classes.objectList} aria-label={t("roles.object")}>
        {objects.map((one) => {
          const limited = countLimited(lineOf(props.permissions, one.key));
          return (
            <button
              key={one.key}
              type="button"
              className={classes.objectChoice}
              aria-current={one.key === object.key || undefined}
              onClick={() => props.onObject(one.key)}
            >
              {label(one.plural)}
              {limited > 0 && <span className={classes.count}>{limited}</span>}
            </button>
          );
        })}
      </nav>
      <Select
        className={classes.objectSelect}
        aria-label={t("roles.object")}
        allowDeselect={false}
        searchable
        data={objects.map((one) => ({ value: one.key, label: label(one.plural) }))}
        value={object.key}
        onChange={(key) => key && props.onObject(key)}
      />
      <OfObject key={object.key} {...props} object={object} />
    </div>
  );
}

function OfObject({
  permissions,
  readOnly,
  object,
  onChange,
}: Omit<FieldRightsProps, "object" | "onObject"> & { object: CatalogObject }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [type, setType] = useState(EVERY_TYPE);
  const line = lineOf(permissions, object.key);
  const of = type === EVERY_TYPE ? null : type;
  const wanted = typed.trim().toLowerCase();
  const all = rightfulFields(object);
  const shown = all.filter(({ key, label: words }) =>
    [key, ...Object.values(words)].some((word) => word.toLowerCase().includes(wanted)),
  );
  const set = (fields: readonly Field[], level: Level | null) =>
    onChange(
      withLine(permissions, object.key, (now) =>
        fields.reduce((done, field) => withLevel(done, field.key, of, allowed(object, field, level)), now),
      ),
    );
  return (
    <div className={classes.fieldTable}>
      <div className={things.tools}>
        <TextInput
          className={things.search}
          aria-label={t("roles.search_field")}
          placeholder={t("roles.search_field")}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {object.record_types.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t("roles.record_type")}
            data={[
              { value: EVERY_TYPE, label: t("roles.every_type") },
              ...object.record_types.map((one) => ({ value: one.key, label: label(one.label) })),
            ]}
            value={type}
            onChange={setType}
          />
        )}
        <span className={classes.space} />
        {!readOnly && (
          <Select
            className={classes.levelSelect}
            aria-label={t("roles.level_of_all")}
            placeholder={t("roles.level_of_all")}
            data={LEVELS.map((level) => ({ value: level, label: t(`roles.level_${level}`) }))}
            value={null}
            onChange={(level) => level && set(shown, level as Level)}
          />
        )}
      </div>
      {isNone(reachOf(line, "read")) && <p className={shared.remark}>{t("roles.fields_of_unread")}</p>}
      {shown.length === 0 ? (
        <EmptyState compact kind="search" title={t("roles.no_field")} />
      ) : (
        <ul className={things.list}>
          {shown.map((field) => (
            <LevelRow
              key={field.key}
              name={label(field.label)}
              isTitle={field.key === object.title}
              level={levelOf(line, field.key, of)}
              following={of !== null && !hasOwnLevel(line, field.key, of)}
              typed={of !== null}
              readOnly={readOnly}
              onChange={(level) => set([field], level)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** The level as the field may have it: what names a record is read by all who read the record. */
function allowed(object: CatalogObject, field: Field, level: Level | null): Level | null {
  if (level === null || field.key !== object.title) return level;
  return OF_TITLES.includes(level) ? level : "read";
}

function LevelRow({
  name,
  isTitle,
  level,
  following,
  typed,
  readOnly,
  onChange,
}: {
  name: string;
  isTitle: boolean;
  level: Level;
  following: boolean;
  typed: boolean;
  readOnly: boolean;
  onChange(level: Level | null): void;
}) {
  const { t } = useTranslation();
  const levels = isTitle ? OF_TITLES : LEVELS;
  return (
    <li className={classes.levelRow} data-limited={level !== "edit" || undefined}>
      <span className={classes.fieldName}>
        {name}
        {isTitle && <span className={shared.quiet}>{t("roles.is_title")}</span>}
      </span>
      {level !== "edit" && <span className={classes.help}>{t(`roles.level_help_${level}`)}</span>}
      <select
        className={classes.level}
        data-level={level}
        data-typed={typed || undefined}
        aria-label={t("roles.level_of", { name })}
        disabled={readOnly}
        value={following ? FOLLOWING : level}
        onChange={(event) => {
          const next = event.currentTarget.value;
          onChange(next === FOLLOWING ? null : (next as Level));
        }}
      >
        {typed && (
          <option value={FOLLOWING}>
            {t("roles.level_following", { level: t(`roles.level_${level}`) })}
          </option>
        )}
        {levels.map((one) => (
          <option key={one} value={one}>
            {t(`roles.level_${one}`)}
          </option>
        ))}
      </select>
    </li>
  );
}
