/** Objects down, rights across: what a role may do with whose records. */
import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import classes from "./matrix.module.css";
import {
  countLimited,
  hasOwnLine,
  inMatrixOrder,
  isNone,
  isOn,
  isUsable,
  lineOf,
  OTHERS,
  type Permissions,
  reachOf,
  SWITCHES,
  VERBS,
  type Verb,
  withLine,
  withoutLine,
  withReach,
} from "./permissions";
import { ReachCell } from "./reach-cell";
import { ReachDialog } from "./reach-dialog";
import shared from "./roles.module.css";

interface MatrixProps {
  permissions: Permissions;
  readOnly: boolean;
  onChange(permissions: Permissions): void;
  /** Opens the rights to the fields of an object. */
  onFields(object: string): void;
}

/** A line of the matrix: an object, or all others. */
type Row = CatalogObject | null;
const keyOf = (row: Row) => row?.key ?? OTHERS;

export function Matrix(props: MatrixProps) {
  const { t } = useTranslation();
  const { business, settings } = inMatrixOrder(useCatalog().objects);
  const [custom, setCustom] = useState<{ row: Row; verb: Verb } | null>(null);
  const lines = (rows: Row[]) =>
    rows.map((row) => (
      <MatrixRow key={keyOf(row)} {...props} row={row} onCustom={(verb) => setCustom({ row, verb })} />
    ));
  return (
    <div className={classes.matrixFrame}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("roles.object")}</th>
            {VERBS.map((verb) => (
              <th key={verb} scope="col" title={t(`roles.right_help_${verb}`)}>
                {t(`roles.right_${verb}`)}
              </th>
            ))}
            {SWITCHES.map((name) => (
              <th
                key={name}
                scope="col"
                className={classes.switchColumn}
                title={t(`roles.right_help_${name}`)}
              >
                {t(`roles.right_${name}`)}
              </th>
            ))}
            <th scope="col">{t("roles.fields")}</th>
            <th className={classes.resetColumn}>
              <VisuallyHidden>{t("roles.follow_others")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>{lines([null, ...business])}</tbody>
        <tbody>
          <tr className={classes.group}>
            <th colSpan={VERBS.length + SWITCHES.length + 3} scope="rowgroup">
              {t("roles.settings_objects")}
            </th>
          </tr>
          {lines(settings)}
        </tbody>
      </table>
      {custom && (
        <ReachDialog
          object={custom.row ?? undefined}
          title={t("roles.reach_of", {
            name: custom.row ? label(custom.row.plural) : t("roles.others"),
            right: t(`roles.right_${custom.verb}`),
          })}
          reach={reachOf(lineOf(props.permissions, keyOf(custom.row)), custom.verb)}
          onSave={(reach) => {
            props.onChange(
              withLine(props.permissions, keyOf(custom.row), (line) => withReach(line, custom.verb, reach)),
            );
            setCustom(null);
          }}
          onClose={() => setCustom(null)}
        />
      )}
    </div>
  );
}

function MatrixRow({
  permissions,
  readOnly,
  onChange,
  onFields,
  row,
  onCustom,
}: MatrixProps & { row: Row; onCustom(verb: Verb): void }) {
  const { t } = useTranslation();
  const key = keyOf(row);
  const line = lineOf(permissions, key);
  const own = row === null || hasOwnLine(permissions, key);
  const name = row ? label(row.plural) : t("roles.others");
  const cell = (right: string) => t("roles.cell_name", { object: name, right });
  const limited = countLimited(line);
  return (
    <tr data-followed={!own || undefined} data-others={row === null || undefined}>
      <th scope="row">
        <span className={classes.object}>
          {row && (
            <span className={classes.objectIcon} style={hueStyle(row.color)}>
              <IconByName name={row.icon} size={14} />
            </span>
          )}
          <span className={classes.objectName}>
            {name}
            {!own && <span className={shared.quiet}>{t("roles.follows_others")}</span>}
            {row === null && <span className={shared.quiet}>{t("roles.others_help")}</span>}
          </span>
        </span>
      </th>
      {VERBS.map((verb) => (
        <td key={verb} data-label={t(`roles.right_${verb}`)}>
          <ReachCell
            reach={reachOf(line, verb)}
            name={cell(t(`roles.right_${verb}`))}
            owned={row === null || row.features.includes("owner")}
            followed={!own}
            readOnly={readOnly}
            onChange={(reach) => onChange(withLine(permissions, key, (now) => withReach(now, verb, reach)))}
            onCustom={() => onCustom(verb)}
          />
        </td>
      ))}
      {SWITCHES.map((right) => (
        <td key={right} className={classes.switchColumn} data-label={t(`roles.right_${right}`)}>
          {isUsable(line, right) ? (
            <input
              type="checkbox"
              className={classes.tick}
              aria-label={cell(t(`roles.right_${right}`))}
              checked={isOn(line, right)}
              disabled={readOnly}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                onChange(withLine(permissions, key, (now) => ({ ...now, [right]: on })));
              }}
            />
          ) : (
            <span className={classes.pointless} title={t("roles.rests_on_reach")}>
              –
            </span>
          )}
        </td>
      ))}
      <td data-label={row ? t("roles.fields") : undefined}>
        {row && !isNone(reachOf(line, "read")) && (
          <button type="button" className={classes.fieldsLink} onClick={() => onFields(row.key)}>
            {limited > 0
              ? t("roles.fields_limited", { count: limited })
              : t(isNone(reachOf(line, "edit")) ? "roles.fields_read" : "roles.fields_all")}
          </button>
        )}
      </td>
      <td className={classes.resetColumn}>
        {row && own && !readOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("roles.follow_others_of", { name })}
            title={t("roles.follow_others")}
            onClick={() => onChange(withoutLine(permissions, key))}
          >
            <RotateCcw size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}
