/** What to know before or after a hand-over: records that cannot go, and people who would not see what they get. */
import { useTranslation } from "react-i18next";
import type { HandOverReport } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { label } from "@/lib/label";
import { RecordLink } from "@/records/lookup/record-link";
import things from "@/ui/things.module.css";
import shared from "./hand-over.module.css";
import classes from "./warnings.module.css";

const SHOWN = 20;

export function Warnings({ report }: { report: HandOverReport }) {
  const { t } = useTranslation();
  const { objects } = useCatalog();
  const name = (key: string) => label(objects.find((object) => object.key === key)?.plural) || key;
  return (
    <>
      {report.blind.length > 0 && (
        <div className={classes.warning}>
          {report.blind.map(({ member, object }) => (
            <p key={`${member.id} ${object}`}>
              {t("hand-over.blind", { name: member.title, object: name(object) })}
            </p>
          ))}
        </div>
      )}
      {report.refused.length > 0 && (
        <section className={shared.section}>
          <h2 className={shared.heading}>{t("hand-over.refused", { count: report.refused.length })}</h2>
          <ul className={things.list}>
            {report.refused.slice(0, SHOWN).map((one) => (
              <li key={`${one.object} ${one.record.id}`} className={classes.refusal}>
                <RecordLink className={shared.link} object={one.object} id={one.record.id}>
                  {one.record.title ?? name(one.object)}
                </RecordLink>
                <span className={shared.quiet}>{one.message}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
