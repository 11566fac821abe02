/** The rules of an object: what they do, to which fields, whether they are in force. */
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogObject } from "@/api/types";
import { findField } from "@/lib/catalog";
import { label } from "@/lib/label";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/states";
import { isLive } from "../objects/model";
import type { ObjectTabProps } from "../objects/object-tabs";
import classes from "../objects/objects.module.css";
import { ComponentTable } from "./component-table";
import { ForLiveObject } from "./for-live-object";
import { BLANK_RULE, componentsOf, type Designed, nextPosition, type RuleValues } from "./model";
import { RuleForm } from "./rule-form";

const COMMA = { "zh-CN": "、", en: ", " };

export function RulesTab(props: ObjectTabProps) {
  return <ForLiveObject object={props.object}>{(known) => <Rules {...props} known={known} />}</ForLiveObject>;
}

function Rules({ object, known }: ObjectTabProps & { known: CatalogObject }) {
  const { t } = useTranslation();
  const { live, archived } = componentsOf<RuleValues>(object, "rule", BLANK_RULE);
  const [opened, setOpened] = useState<Designed<RuleValues> | "new" | null>(null);
  const editable = isLive(object);
  const names = (keys: readonly string[]) =>
    keys.map((key) => label(findField(known, key)?.label) || key).join(label(COMMA));
  const begin = editable && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpened("new")}>
      {t("layouts.new_rule")}
    </Button>
  );
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.quiet}>{t("layouts.rules_help")}</span>
        <span className={classes.space} />
        {live.length > 0 && begin}
      </div>
      {live.length === 0 && (
        <EmptyState title={t("layouts.no_rules")} action={begin}>
          {t("layouts.no_rules_text")}
        </EmptyState>
      )}
      <ComponentTable
        live={live}
        archived={archived}
        editable={editable}
        onEdit={setOpened}
        columns={[
          {
            title: t("layouts.effect"),
            draw: ({ values }) => (
              <Chip hue={HUES[values.effect]}>{t(`layouts.effect_${values.effect}`)}</Chip>
            ),
          },
          { title: t("layouts.fields"), draw: ({ values }) => names(values.fields) },
          {
            title: t("layouts.active"),
            draw: ({ values }) => (
              <Chip hue={values.active ? "green" : "slate"} dot>
                {t(values.active ? "layouts.is_active" : "layouts.is_idle")}
              </Chip>
            ),
          },
        ]}
      />
      {opened && (
        <RuleForm
          object={object}
          known={known}
          rule={opened === "new" ? null : opened}
          position={nextPosition(live)}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

const HUES = {
  visible: "blue",
  required: "orange",
  read_only: "slate",
  options: "violet",
  invalid: "red",
} as const;
