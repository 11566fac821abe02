/** First step: all that the person holds; what is not to be taken is left out here. */
import { Button, Checkbox, Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HeldPart, Holdings } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { currentWorkspace } from "@/lib/workspace";
import { EmptyState } from "@/ui/states";
import things from "@/ui/things.module.css";
import { type Draft, decided, partOf, withPart } from "./draft";
import shared from "./hand-over.module.css";
import classes from "./holdings-step.module.css";
import { PartLabel, usePartName } from "./part-label";

export function HoldingsStep({
  holdings,
  draft,
  onDraft,
  onNext,
}: {
  holdings: Holdings;
  draft: Draft;
  onDraft(draft: Draft): void;
  onNext(): void;
}) {
  const { t } = useTranslation();
  const parts = decided(holdings);
  const following = holdings.parts.filter((part) => part.follows);
  const partName = usePartName();
  const hasOpen = parts.some((part) => part.open !== null);
  if (parts.length === 0 && !draft.leave && !holdings.shares_received) {
    return (
      <EmptyState
        title={t("hand-over.holds_nothing", { name: holdings.member.title })}
        action={
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/w/$ws/settings/members" params={{ ws: currentWorkspace() }} {...props} />
            )}
          >
            {t("hand-over.to_people")}
          </Button>
        }
      >
        {t("hand-over.holds_nothing_text")}
      </EmptyState>
    );
  }
  return (
    <>
      <p className={classes.lead}>{t("hand-over.holdings_lead", { name: holdings.member.title })}</p>
      {parts.length > 0 && (
        <ul className={things.list}>
          {parts.map((part) => (
            <PartRow key={part.part} part={part} draft={draft} onDraft={onDraft} />
          ))}
        </ul>
      )}
      {following.length > 0 && (
        <p className={shared.hint}>
          {t("hand-over.following", { parts: following.map(partName).join(t("hand-over.comma")) })}
        </p>
      )}
      {hasOpen && (
        <Switch
          mt="md"
          label={t("hand-over.only_open")}
          description={t("hand-over.only_open_text")}
          checked={draft.onlyOpen}
          onChange={(event) => onDraft({ ...draft, onlyOpen: event.currentTarget.checked })}
        />
      )}
      <Beside holdings={holdings} />
      <div className={shared.foot}>
        <Button rightSection={<ArrowRight size={16} />} onClick={onNext}>
          {t("hand-over.next")}
        </Button>
      </div>
    </>
  );
}

function PartRow({ part, draft, onDraft }: { part: HeldPart; draft: Draft; onDraft(draft: Draft): void }) {
  const { t } = useTranslation();
  const name = usePartName()(part);
  const { take } = partOf(draft, part.part);
  return (
    <li className={shared.row} data-off={!take || undefined}>
      <Checkbox
        checked={take}
        aria-label={t("hand-over.take", { part: name })}
        onChange={(event) => onDraft(withPart(draft, part.part, { take: event.currentTarget.checked }))}
      />
      <PartLabel part={part} />
      <span className={shared.counts}>
        <b>
          {part.exact ? formatNumber(part.count) : t("hand-over.about", { count: formatNumber(part.count) })}
        </b>
        {part.open !== null && (
          <span className={shared.quiet}>{t("hand-over.open", { count: formatNumber(part.open) })}</span>
        )}
      </span>
      <span className={classes.show}>
        {part.seen > 0 ? (
          <Link
            className={shared.link}
            to="/w/$ws/o/$object"
            params={{ ws: currentWorkspace(), object: part.object }}
            search={{ where: part.where }}
            target="_blank"
            aria-label={t("hand-over.show_part", { part: name })}
          >
            {t("hand-over.show")}
          </Link>
        ) : (
          <span className={shared.quiet}>{t("hand-over.not_seen")}</span>
        )}
      </span>
    </li>
  );
}

const BESIDE = ["shares_received", "shares_given", "positions", "delegations", "jobs", "approvals"] as const;

/** What a person holds besides records; only for who manages members. */
function Beside({ holdings }: { holdings: Holdings }) {
  const { t } = useTranslation();
  const told = BESIDE.filter((key) => holdings[key]);
  if (told.length === 0) return null;
  return (
    <dl className={classes.tiles}>
      {told.map((key) => (
        <div key={key} className={classes.tile}>
          <dt className={classes.tileName}>{t(`hand-over.${key}`)}</dt>
          <dd className={classes.tileValue}>{formatNumber(holdings[key] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
