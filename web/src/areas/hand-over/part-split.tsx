/** How one part is split: by hand, by rules in their order, the rest. */
import { ActionIcon, Button, Collapse, SegmentedControl } from "@mantine/core";
import { ArrowDown, ArrowUp, ChevronDown, Filter as FilterIcon, ListChecks, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldPart, Reference } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/language";
import { describeFilter } from "@/records/filter/describe";
import { ChooseDialog } from "./choose-dialog";
import { type Draft, isOwn, type PartDraft, partOf, type RuleDraft, withPart } from "./draft";
import shared from "./hand-over.module.css";
import { PartLabel, usePartName } from "./part-label";
import classes from "./part-split.module.css";
import { PeopleInput } from "./people-input";
import { RuleDialog } from "./rule-dialog";

export function PartSplit({
  part,
  giver,
  draft,
  onDraft,
  opened,
  onToggle,
}: {
  part: HeldPart;
  giver: string;
  draft: Draft;
  onDraft(draft: Draft): void;
  opened: boolean;
  onToggle(): void;
}) {
  const { t } = useTranslation();
  const own = partOf(draft, part.part);
  const name = usePartName()(part);
  const panel = `split-${part.part}`;
  const set = (change: Partial<PartDraft>) => onDraft(withPart(draft, part.part, change));
  return (
    <li>
      <div className={shared.row}>
        <PartLabel part={part} />
        <span className={shared.counts}>{formatNumber(part.count)}</span>
        <span className={shared.summary}>{useSummary(part, own, draft)}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          rightSection={<ChevronDown size={14} className={opened ? classes.turned : undefined} />}
          aria-expanded={opened}
          aria-controls={panel}
          aria-label={t("hand-over.split_part", { part: name })}
          onClick={onToggle}
        >
          {t("hand-over.split")}
        </Button>
      </div>
      <Collapse expanded={opened} id={panel}>
        {opened && <Panel part={part} giver={giver} own={own} set={set} />}
      </Collapse>
    </li>
  );
}

/** In a few words where the part goes. */
function useSummary(part: HeldPart, own: PartDraft, draft: Draft): string {
  const { t } = useTranslation();
  const names = (people: Reference[]) => people.map(({ title }) => title).join(t("hand-over.comma"));
  const follows = part.belongs && draft.together;
  if (!isOwn(own) && follows) return t("hand-over.goes_along");
  if (!isOwn(own)) {
    return draft.rest.length > 0
      ? t("hand-over.goes_to", { names: names(draft.rest) })
      : t("hand-over.stays");
  }
  const chosen = Object.keys(own.chosen).length;
  const rest = own.rest ?? draft.rest;
  return [
    chosen > 0 && t("hand-over.chosen_count", { count: chosen }),
    own.rules.length > 0 && t("hand-over.rule_count", { count: own.rules.length }),
    follows && t("hand-over.goes_along"),
    rest.length > 0 ? t("hand-over.rest_to", { names: names(rest) }) : t("hand-over.rest_stays"),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Panel({
  part,
  giver,
  own,
  set,
}: {
  part: HeldPart;
  giver: string;
  own: PartDraft;
  set(change: Partial<PartDraft>): void;
}) {
  const { t } = useTranslation();
  const object = useObject(part.object);
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const [choosing, setChoosing] = useState(false);
  const chosen = Object.keys(own.chosen).length;
  const rest = own.rest === null ? "same" : own.rest.length > 0 ? "own" : "stay";
  const [asked, setAsked] = useState(rest);
  const readable = object !== undefined && part.seen > 0;

  const move = (at: number, by: number) => {
    const rules = [...own.rules];
    const [rule] = rules.splice(at, 1);
    if (rule) rules.splice(at + by, 0, rule);
    set({ rules });
  };
  const keepRule = (rule: RuleDraft) => {
    set({
      rules:
        editing === "new" ? [...own.rules, rule] : own.rules.map((old, at) => (at === editing ? rule : old)),
    });
    setEditing(null);
  };
  return (
    <div className={classes.panel}>
      {readable && (
        <>
          <div className={classes.panelRow}>
            <Button
              variant="default"
              size="xs"
              leftSection={<ListChecks size={14} />}
              onClick={() => setChoosing(true)}
            >
              {t("hand-over.choose")}
            </Button>
            <span className={shared.quiet}>
              {chosen > 0 ? t("hand-over.chosen_count", { count: chosen }) : t("hand-over.choose_text")}
            </span>
          </div>
          <ol className={classes.rules}>
            {own.rules.map((rule, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
              <li key={at} className={classes.rule}>
                <RuleWords part={part} rule={rule} onEdit={() => setEditing(at)} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === 0}
                  aria-label={t("hand-over.rule_up", { number: at + 1 })}
                  onClick={() => move(at, -1)}
                >
                  <ArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === own.rules.length - 1}
                  aria-label={t("hand-over.rule_down", { number: at + 1 })}
                  onClick={() => move(at, 1)}
                >
                  <ArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("hand-over.rule_remove", { number: at + 1 })}
                  onClick={() => set({ rules: own.rules.filter((_, place) => place !== at) })}
                >
                  <X size={14} />
                </ActionIcon>
              </li>
            ))}
          </ol>
          <div className={classes.panelRow}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Plus size={14} />}
              onClick={() => setEditing("new")}
            >
              {t("hand-over.add_rule")}
            </Button>
            {own.rules.length === 0 && <span className={shared.quiet}>{t("hand-over.rules_text")}</span>}
          </div>
        </>
      )}
      <div className={classes.rest}>
        <span className={classes.restLabel}>{t("hand-over.rest")}</span>
        <SegmentedControl
          size="xs"
          aria-label={t("hand-over.rest")}
          value={asked}
          data={(["same", "own", "stay"] as const).map((value) => ({
            value,
            label: t(`hand-over.rest_${value}`),
          }))}
          onChange={(value) => {
            setAsked(value as typeof rest);
            set({ rest: value === "same" ? null : [] });
          }}
        />
        {asked === "own" && (
          <PeopleInput
            giver={giver}
            value={own.rest ?? []}
            label={t("hand-over.rest")}
            onChange={(people) => set({ rest: people })}
          />
        )}
      </div>
      {editing !== null && object && (
        <RuleDialog
          object={object}
          giver={giver}
          rule={editing === "new" ? null : (own.rules[editing] ?? null)}
          onKeep={keepRule}
          onClose={() => setEditing(null)}
        />
      )}
      {choosing && object && (
        <ChooseDialog
          object={object}
          part={part}
          giver={giver}
          chosen={own.chosen}
          onKeep={(next) => {
            set({ chosen: next });
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

function RuleWords({ part, rule, onEdit }: { part: HeldPart; rule: RuleDraft; onEdit(): void }) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = useObject(part.object);
  const words = object && describeFilter(rule.where, { catalog, object, language: currentLanguage(), t });
  return (
    <button type="button" className={classes.ruleWords} onClick={onEdit}>
      <FilterIcon size={14} aria-hidden />
      {t("hand-over.rule_words", { what: words, name: rule.to.title })}
    </button>
  );
}
