/** Second step: who gets what, for the whole and for single parts, and what else becomes of it. */
import { Button, Select, Switch } from "@mantine/core";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Holdings } from "@/api/types";
import { useSystemRight } from "@/lib/rights";
import { Card } from "@/ui/card";
import things from "@/ui/things.module.css";
import { type Draft, decided, hasReceiver, type Keep, type OfShares, partOf } from "./draft";
import classes from "./hand-over.module.css";
import { PartSplit } from "./part-split";
import { PeopleInput } from "./people-input";

const KEEPS: Keep[] = ["none", "read", "edit"];
const SHARES: OfShares[] = ["move", "end", "leave"];

export function SplitStep({
  holdings,
  draft,
  onDraft,
  busy,
  onBack,
  onNext,
}: {
  holdings: Holdings;
  draft: Draft;
  onDraft(draft: Draft): void;
  busy: boolean;
  onBack(): void;
  onNext(): void;
}) {
  const { t } = useTranslation();
  const manages = useSystemRight("members");
  const [opened, setOpened] = useState<string | null>(null);
  const giver = holdings.member.id;
  const parts = decided(holdings).filter(({ part }) => partOf(draft, part).take);
  const needsPerson =
    manages && draft.shares === "move" && !!holdings.shares_received && draft.rest.length === 0;
  const missing = needsPerson
    ? t("hand-over.shares_need_person")
    : !hasReceiver(draft, holdings) && !draft.leave
      ? t("hand-over.needs_person")
      : null;
  return (
    <>
      <Card title={t("hand-over.to_whom")} text={t("hand-over.to_whom_text")}>
        <PeopleInput
          giver={giver}
          value={draft.rest}
          label={t("hand-over.receivers")}
          onChange={(rest) => onDraft({ ...draft, rest })}
        />
        <Switch
          mt="md"
          label={t("hand-over.together")}
          description={t("hand-over.together_text")}
          checked={draft.together}
          onChange={(event) => onDraft({ ...draft, together: event.currentTarget.checked })}
        />
      </Card>
      {parts.length > 0 && (
        <section className={classes.section}>
          <h2 className={classes.heading}>{t("hand-over.by_part")}</h2>
          <p className={classes.quiet}>{t("hand-over.by_part_text")}</p>
          <ul className={things.list}>
            {parts.map((part) => (
              <PartSplit
                key={part.part}
                part={part}
                giver={giver}
                draft={draft}
                onDraft={onDraft}
                opened={opened === part.part}
                onToggle={() => setOpened(opened === part.part ? null : part.part)}
              />
            ))}
          </ul>
        </section>
      )}
      <Card title={t("hand-over.beside")}>
        <div className={classes.options}>
          {!draft.leave && (
            <Select
              label={t("hand-over.keep")}
              description={t("hand-over.keep_text", { name: holdings.member.title })}
              data={KEEPS.map((value) => ({ value, label: t(`hand-over.keep_${value}`) }))}
              value={draft.keep}
              allowDeselect={false}
              onChange={(keep) => onDraft({ ...draft, keep: keep as Keep })}
            />
          )}
          {manages && !!holdings.shares_received && (
            <Select
              label={t("hand-over.shares")}
              description={t("hand-over.shares_text")}
              data={SHARES.map((value) => ({ value, label: t(`hand-over.shares_${value}`) }))}
              value={draft.shares}
              allowDeselect={false}
              onChange={(shares) => onDraft({ ...draft, shares: shares as OfShares })}
            />
          )}
        </div>
        {manages && (
          <Switch
            mt="md"
            label={t("hand-over.end_roles")}
            description={t("hand-over.end_roles_text")}
            checked={draft.endsRoles}
            onChange={(event) => onDraft({ ...draft, endsRoles: event.currentTarget.checked })}
          />
        )}
        {manages && holdings.status !== "left" && (
          <Switch
            mt="md"
            label={t("hand-over.leave")}
            description={t("hand-over.leave_text")}
            checked={draft.leave}
            onChange={(event) => onDraft({ ...draft, leave: event.currentTarget.checked })}
          />
        )}
      </Card>
      <div className={classes.foot}>
        {missing && (
          <span className={classes.missing} id="hand-over-missing">
            {missing}
          </span>
        )}
        <Button variant="default" leftSection={<ArrowLeft size={16} />} onClick={onBack}>
          {t("hand-over.back")}
        </Button>
        <Button
          rightSection={<ArrowRight size={16} />}
          loading={busy}
          disabled={missing !== null}
          aria-describedby={missing ? "hand-over-missing" : undefined}
          onClick={onNext}
        >
          {t("hand-over.check")}
        </Button>
      </div>
    </>
  );
}
