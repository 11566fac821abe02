/** What somebody may do in sum: their roles merged, and for each right the roles that give it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { GivenField, GivenReach, GivenSwitch, MemberRights } from "@/api/types";
import { findField, useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { currentWorkspace } from "@/lib/workspace";
import type { RecordPartProps } from "@/records/page/extensions";
import { Chip, hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { EmptyState, ErrorState, RowsSkeleton } from "@/ui/states";
import classes from "./effective-rights.module.css";
import matrix from "./matrix.module.css";
import { inMatrixOrder, isNone, type Reach, reachOf, SWITCHES, VERBS } from "./permissions";
import pill from "./reach.module.css";
import { hueOfReach, shortReach } from "./reach-words";
import { memberRightsQuery } from "./requests";
import shared from "./roles.module.css";

export function EffectiveRightsTab({ record }: RecordPartProps) {
  const answer = useQuery(memberRightsQuery(record.id));
  if (answer.isError) return <ErrorState compact error={answer.error} onRetry={() => answer.refetch()} />;
  if (answer.isPending) return <RowsSkeleton rows={10} height={40} />;
  return <Rights rights={answer.data} />;
}

function Rights({ rights }: { rights: MemberRights }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const names = (keys: readonly string[]) => keys.map((key) => nameOf(rights, key)).join(t("roles.sum_join"));
  const { business, settings } = inMatrixOrder(catalog.objects);
  const ordered = [...business, ...settings].flatMap((object) => {
    const line = rights.objects.find((one) => one.object === object.key);
    return line ? [{ line, object }] : [];
  });
  if (rights.roles.length === 0)
    return (
      <EmptyState compact title={t("roles.no_roles")}>
        {t("roles.no_roles_text")}
      </EmptyState>
    );
  return (
    <div className={classes.effective}>
      <p className={shared.remark}>{t("roles.in_sum_about")}</p>
      <ul className={classes.chips}>
        {rights.roles.map((role) => (
          <li key={role.key}>
            <Link
              className={shared.link}
              to="/w/$ws/settings/roles/$id"
              params={{ ws: currentWorkspace(), id: role.id }}
            >
              <Chip hue="blue">
                {role.baseline ? t("roles.by_baseline", { name: role.name }) : role.name}
              </Chip>
            </Link>
          </li>
        ))}
      </ul>
      <div className={matrix.matrixFrame}>
        <table className={matrix.matrix} data-close>
          <thead>
            <tr>
              <th scope="col">{t("roles.object")}</th>
              {VERBS.map((verb) => (
                <th key={verb} scope="col">
                  {t(`roles.right_${verb}`)}
                </th>
              ))}
              {SWITCHES.map((right) => (
                <th key={right} scope="col" className={matrix.switchColumn}>
                  {t(`roles.right_${right}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ line, object }) => {
              const name = label(object.plural);
              return (
                <tr key={line.object}>
                  <th scope="row">
                    <span className={matrix.object}>
                      <span className={matrix.objectIcon} style={hueStyle(object.color)}>
                        <IconByName name={object.icon} size={14} />
                      </span>
                      <span className={matrix.objectName}>{name}</span>
                    </span>
                  </th>
                  {VERBS.map((verb) => (
                    <td key={verb} data-label={t(`roles.right_${verb}`)}>
                      <ReachGiven given={line[verb]} names={names} />
                    </td>
                  ))}
                  {SWITCHES.map((right) => (
                    <td key={right} className={matrix.switchColumn} data-label={t(`roles.right_${right}`)}>
                      <SwitchGiven given={line.switches[right]} names={names} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <LimitedFields rights={rights} names={names} />
      <section className={shared.section}>
        <h3 className={shared.sectionTitle}>{t("roles.system_rights")}</h3>
        {rights.system.length === 0 ? (
          <p className={shared.remark}>{t("roles.no_system_rights")}</p>
        ) : (
          <ul className={shared.people}>
            {rights.system.map(({ right, roles }) => (
              <li key={right}>
                {t(`roles.system_${right}`, { defaultValue: right })}
                <span className={shared.quiet}>{t("roles.given_by", { roles: names(roles) })}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

const nameOf = (rights: MemberRights, key: string) =>
  rights.roles.find((role) => role.key === key)?.name ?? key;

interface Naming {
  names(keys: readonly string[]): string;
}

function ReachGiven({ given, names }: Naming & { given: GivenReach }) {
  const { t } = useTranslation();
  const reach = reachOf({ read: given.reach as Reach }, "read");
  return (
    <span className={classes.given}>
      <span
        className={pill.reachGiven}
        style={hueStyle(hueOfReach(reach))}
        data-none={isNone(reach) || undefined}
      >
        {shortReach(reach, t)}
      </span>
      {given.roles.length > 0 && <span className={shared.quiet}>{names(given.roles)}</span>}
    </span>
  );
}

function SwitchGiven({ given, names }: Naming & { given: GivenSwitch | undefined }) {
  const { t } = useTranslation();
  if (!given?.on) return <span className={matrix.pointless}>–</span>;
  const title = t("roles.given_by", { roles: names(given.roles) });
  return (
    <span className={classes.givenOn} title={title}>
      ✓<span className={classes.unseen}>{title}</span>
    </span>
  );
}

function LimitedFields({ rights, names }: Naming & { rights: MemberRights }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const limited = rights.objects.filter(({ fields }) => fields.length > 0);
  if (limited.length === 0) return null;
  const words = (object: string, field: GivenField) => {
    const known = catalog.objects.find(({ key }) => key === object);
    const name = label(known && findField(known, field.field)?.label) || label(field.label);
    const type = known?.record_types.find(({ key }) => key === field.record_type);
    return type ? t("roles.field_on_type", { name, type: label(type.label) }) : name;
  };
  return (
    <section className={shared.section}>
      <h3 className={shared.sectionTitle}>{t("roles.limited_fields")}</h3>
      <ul className={shared.people}>
        {limited.flatMap(({ object, fields }) =>
          fields.map((field) => (
            <li key={`${object}.${field.field}.${field.record_type ?? ""}`}>
              {t("roles.field_of_object", {
                object: label(catalog.objects.find(({ key }) => key === object)?.plural) || object,
                field: words(object, field),
              })}
              <Chip hue="amber">{t(`roles.level_${field.level}`)}</Chip>
              <span className={shared.quiet}>{t("roles.given_by", { roles: names(field.roles) })}</span>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}
