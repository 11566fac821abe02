/** The head of a record page: what it is, its highlights, and what one can do with it. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { ChevronDown, ChevronUp, Pencil } from "lucide-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject, PageLayout, RecordRow } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Avatar } from "@/ui/avatar";
import { hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { fieldKind } from "../field-kinds";
import { isShown, type Reaction, reacted } from "../form/reaction";
import { titleOf } from "../lookup/use-record-options";
import { extensionsOf } from "./extensions";
import { Fact } from "./fact";
import classes from "./page.module.css";
import { RecordMenu } from "./record-menu";
import type { useRecord } from "./use-record";

const HIGHLIGHTS = 6;
/** Objects whose records are people or companies show letters; others show their sign. */
const LETTERED: Record<string, "round" | "square"> = {
  contact: "round",
  member: "round",
  lead: "round",
  company: "square",
};

interface RecordHeaderProps {
  object: CatalogObject;
  record: RecordRow;
  state: ReturnType<typeof useRecord>;
  layout: PageLayout;
  reaction: Reaction;
  listHref: string;
  /** Why the record cannot be changed now. */
  locked: string | undefined;
  steps: { previous: string | null; next: string | null; place: number; count: number };
  onStep(id: string): void;
  onEdit(): void;
  onDeleted(): void;
}

export function RecordHeader(props: RecordHeaderProps) {
  const { object, record, state, steps, onStep } = props;
  const { t } = useTranslation();
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const title = titleOf(object, record);
  const editable = record._rights?.edit !== false;
  const actions = extensionsOf(object.key).flatMap((extension) => extension.PrimaryAction ?? []);
  const tags = findField(object, "tags");
  return (
    <header className={classes.header}>
      <div className={classes.titleRow}>
        <Sign object={object} title={title} />
        <div className={classes.titles}>
          <p className={classes.trail}>
            <a href={props.listHref} className={classes.trailLink}>
              {label(object.plural)}
            </a>
          </p>
          <h1 className={classes.title}>{title}</h1>
        </div>
        <span className={classes.space} />
        {steps.place > 0 && (
          <span className={classes.steps}>
            {!phone && (
              <span className={classes.place}>
                {t("page.place", { place: steps.place, count: steps.count })}
              </span>
            )}
            <Step title={t("page.previous")} id={steps.previous} onStep={onStep} up />
            <Step title={t("page.next")} id={steps.next} onStep={onStep} />
          </span>
        )}
        <Suspense>
          <span className={classes.primary}>
            {actions.map((Action, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the areas' actions come in a fixed order.
              <Action key={index} object={object} record={record} save={state.save} />
            ))}
          </span>
        </Suspense>
        {(editable || props.locked) && (
          <Tooltip label={props.locked} disabled={!props.locked} multiline maw={280}>
            {phone ? (
              <ActionIcon
                variant="default"
                size={34}
                aria-label={t("page.edit")}
                data-disabled={!editable || undefined}
                aria-disabled={!editable || undefined}
                onClick={() => editable && props.onEdit()}
              >
                <Pencil size={16} />
              </ActionIcon>
            ) : (
              <Button
                variant="default"
                leftSection={<Pencil size={14} />}
                data-disabled={!editable || undefined}
                aria-disabled={!editable || undefined}
                onClick={() => editable && props.onEdit()}
              >
                {t("page.edit")}
              </Button>
            )}
          </Tooltip>
        )}
        <RecordMenu object={object} record={record} title={title} onDeleted={props.onDeleted} />
      </div>
      <dl className={classes.highlights}>
        {props.layout.highlights.slice(0, HIGHLIGHTS).map((key) => {
          const found = findField(object, key);
          const field = found && reacted(found, props.reaction);
          return (
            field &&
            isShown(field, props.reaction) && (
              <Fact
                key={key}
                stacked
                field={field}
                object={object.key}
                record={record}
                editable={editable}
                save={state.save}
                saving={state.saving.includes(key)}
                fresh={state.fresh.includes(key)}
                refusal={undefined}
                forget={state.forget}
              />
            )
          );
        })}
        {tags && !fieldKind("tags").isEmpty(record.tags) && (
          <Fact
            stacked
            field={tags}
            object={object.key}
            record={record}
            editable={editable}
            save={state.save}
            saving={state.saving.includes("tags")}
            fresh={state.fresh.includes("tags")}
            refusal={undefined}
            forget={state.forget}
          />
        )}
      </dl>
    </header>
  );
}

function Sign({ object, title }: { object: CatalogObject; title: string }) {
  const shape = LETTERED[object.key];
  if (shape) return <Avatar name={title} size={40} square={shape === "square"} />;
  return (
    <span className={classes.sign} style={hueStyle(object.color)}>
      <IconByName name={object.icon} size={20} />
    </span>
  );
}

function Step({
  title,
  id,
  onStep,
  up,
}: {
  title: string;
  id: string | null;
  onStep(id: string): void;
  up?: boolean;
}) {
  return (
    <Tooltip label={title}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={title}
        disabled={!id}
        onClick={() => id && onStep(id)}
      >
        {up ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
