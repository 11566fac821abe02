/** What leads would be graded by a model as it stands on the screen, before it is saved. */
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reference, ThoughtOfGrading } from "@/api/types";
import { useObject } from "@/lib/catalog";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { RecordLink } from "@/records/lookup/record-link";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Grade, Reasons } from "./grade-words";
import classes from "./grading.module.css";
import { foreseeGrades } from "./requests";

export function Preview({ think }: { think(): ThoughtOfGrading }) {
  const { t } = useTranslation();
  const lead = useObject("lead");
  const [chosen, setChosen] = useState<Reference[]>([]);
  const asking = useMutation({
    mutationFn: (leads: Reference[]) => foreseeGrades({ ...think(), leads: leads.map(({ id }) => id) }),
  });
  const pick = (picked: Reference | null) => {
    if (!picked) return;
    const next = [picked, ...chosen.filter(({ id }) => id !== picked.id)];
    setChosen(next);
    asking.mutate(next);
  };
  if (!lead) return null;
  return (
    <section className={classes.preview} aria-label={t("grading.preview")}>
      <div className={classes.previewTools}>
        <Button
          variant="default"
          leftSection={<FlaskConical size={16} />}
          loading={asking.isPending}
          onClick={() => asking.mutate(chosen)}
        >
          {t("grading.preview")}
        </Button>
        <div className={classes.picker}>
          <RecordPicker
            object={lead}
            value={null}
            onPick={pick}
            without={chosen.map(({ id }) => id)}
            aria-label={t("grading.choose_lead")}
            placeholder={t("grading.choose_lead")}
          />
        </div>
      </div>
      {asking.isError && (
        <Text size="sm" c="var(--gx-danger)" role="alert" mt="xs">
          {errorMessage(asking.error)}
        </Text>
      )}
      {asking.data && (
        <ul className={classes.foreseen} aria-live="polite">
          {asking.data.leads.length === 0 && <li>{t("grading.no_leads")}</li>}
          {asking.data.leads.map((one) => (
            <li key={one.lead.id}>
              <div className={classes.foreseenHead}>
                <RecordLink object="lead" id={one.lead.id} className={classes.name}>
                  {one.lead.title ?? "—"}
                </RecordLink>
                <span className={classes.change}>
                  <Grade grade={one.was} /> → <Grade grade={one.grade} />
                </span>
                <span className={classes.detail}>
                  {t("grading.scores", {
                    score: formatNumber(one.score),
                    fit: formatNumber(one.fit_score),
                    engagement: formatNumber(one.engagement_score),
                  })}
                </span>
              </div>
              <Reasons reasons={one.reasons} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
