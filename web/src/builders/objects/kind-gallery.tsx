/** The kinds that a field can be of, in groups, each with what it is for and a sample. */
import { TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindGallery as Gallery, KindCard } from "@/api/types";
import { label } from "@/lib/label";
import { hueStyle } from "@/ui/chip";
import { IconByName } from "@/ui/icon-by-name";
import { foundKinds, inOrder } from "./kinds";
import classes from "./objects.module.css";

/** Samples of these are ids, which say nothing. */
const WITHOUT_SAMPLE = new Set(["ref", "refs", "about", "rows", "none", "json"]);

export function KindGallery({
  gallery,
  group: only,
  onChoose,
}: {
  gallery: Gallery;
  /** The one group that is offered; all without it. */
  group?: string;
  onChoose(kind: KindCard): void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const found = foundKinds(gallery.kinds, typed).filter((kind) => !only || kind.group === only);
  return (
    <div>
      <TextInput
        aria-label={t("objects.search_kind")}
        placeholder={t("objects.search_kind")}
        leftSection={<Search size={15} aria-hidden />}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === "Enter" && typed && first && !event.nativeEvent.isComposing) onChoose(first);
        }}
      />
      {gallery.groups
        .map((group) => ({ group, kinds: inOrder(found.filter((kind) => kind.group === group.key)) }))
        .filter(({ kinds }) => kinds.length > 0)
        .map(({ group, kinds }) => (
          <section key={group.key} aria-label={label(group.label)}>
            <h3 className={classes.group}>{label(group.label)}</h3>
            <div className={classes.kinds}>
              {kinds.map((kind) => (
                <button
                  key={kind.key}
                  type="button"
                  className={classes.card}
                  aria-label={label(kind.label)}
                  onClick={() => onChoose(kind)}
                >
                  <span className={classes.icon} style={hueStyle("blue")}>
                    <IconByName name={kind.icon} />
                  </span>
                  <span className={classes.cardText}>
                    <span className={classes.cardName}>{label(kind.label)}</span>
                    <span className={classes.cardHelp}>{label(kind.help)}</span>
                    {!WITHOUT_SAMPLE.has(kind.trait) && label(kind.sample) && (
                      <span className={classes.sample}>{label(kind.sample)}</span>
                    )}
                  </span>
                </button>
              ))}
            </div>
          </section>
        ))}
      {found.length === 0 && <p className={classes.remark}>{t("objects.no_kind")}</p>}
    </div>
  );
}
