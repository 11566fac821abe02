/** Two versions of a flow on one canvas: what was added, removed and changed, and under it the same in words. */
import { Modal, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowVersion, Hue } from "@/api/types";
import { useCatalog } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { Chip } from "@/ui/chip";
import { type Palette, readDefinition } from "../model";
import { useTitles } from "../use-titles";
import own from "./canvas.module.css";
import { type Difference, differences, merged } from "./compare";
import { FlowGraph } from "./flow-graph";
import type { Mark } from "./view";

const HUES: Record<Difference["sort"], Hue> = { added: "green", removed: "red", changed: "amber" };
const DRAFT = "draft";

export interface VersionCompareProps {
  draft: unknown;
  versions: readonly FlowVersion[];
  palette: Palette;
  /** The numbers that are compared first; null is the draft. */
  begin: [number | null, number | null];
  onClose(): void;
}

export function VersionCompare({ draft, versions, palette, begin, onClose }: VersionCompareProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const language = currentLanguage();
  const [[one, other], setSides] = useState(
    begin.map((number) => String(number ?? DRAFT)) as [string, string],
  );
  const before = useMemo(() => definitionOf(one, draft, versions), [one, draft, versions]);
  const after = useMemo(() => definitionOf(other, draft, versions), [other, draft, versions]);
  const both = useMemo(() => merged(before, after), [before, after]);
  const titles = useTitles(both);
  const found = useMemo(() => {
    const kinds = new Map(palette.steps.map((kind) => [kind.key, kind]));
    return differences(before, after, kinds, { catalog, language, t, palette, titles });
  }, [before, after, palette, catalog, language, t, titles]);
  const marks = useMemo(
    () =>
      new Map(
        found.map(({ id, sort, says }): [string, Mark] => [
          id,
          { hue: HUES[sort], word: t(`automation.compare_${sort}`), says: says.slice(0, 2) },
        ]),
      ),
    [found, t],
  );
  const data = [
    { value: DRAFT, label: t("automation.state_draft") },
    ...versions.map(({ number }) => ({
      value: String(number),
      label: t("automation.version_number", { number }),
    })),
  ];
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={t("automation.compare_title")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <div className={own.sides}>
        <Select
          label={t("automation.compare_from")}
          allowDeselect={false}
          data={data}
          value={one}
          onChange={(value) => value && setSides([value, other])}
        />
        <Select
          label={t("automation.compare_to")}
          allowDeselect={false}
          data={data}
          value={other}
          onChange={(value) => value && setSides([one, value])}
        />
      </div>
      <FlowGraph
        key={`${one} ${other}`}
        definition={both}
        palette={palette}
        marks={marks}
        taken={null}
        name={t("automation.compare_title")}
      />
      <ul className={own.changes}>
        {found.length === 0 && <li>{t("automation.compare_same")}</li>}
        {found.map(({ id, sort, name, says }) => (
          <li key={id}>
            <Chip hue={HUES[sort]}>{t(`automation.compare_${sort}`)}</Chip>
            <strong>{name}</strong>
            {says.map((sentence) => (
              <span key={sentence} className={own.changed}>
                {sentence}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function definitionOf(side: string, draft: unknown, versions: readonly FlowVersion[]) {
  return readDefinition(
    side === DRAFT ? draft : versions.find(({ number }) => String(number) === side)?.definition,
  );
}
