/** A test run of a draft about a chosen record: what each step would do, without doing any of it. */
import { Alert, Button, Modal } from "@mantine/core";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowTried, Reference } from "@/api/types";
import { useCatalog, useObject } from "@/lib/catalog";
import { currentLanguage } from "@/lib/language";
import { RecordPicker } from "@/records/lookup/record-picker";
import { Chip } from "@/ui/chip";
import { toastError } from "@/ui/toast";
import shared from "../automation.module.css";
import type { Definition, Palette } from "../model";
import { whenOf } from "../words";
import classes from "./backtest.module.css";
import { tryFlow } from "./requests";
import { Way } from "./way";
import { STATE_HUES } from "./words";

export interface TryDialogProps {
  flow: string;
  definition: Definition;
  palette: Palette;
  onClose(): void;
}

export function TryDialog({ flow, definition, palette, onClose }: TryDialogProps) {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const object = useObject(definition.object ?? "");
  const [record, setRecord] = useState<Reference | null>(null);
  const [tried, setTried] = useState<FlowTried | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      setTried(await tryFlow(flow, definition, record?.id ?? null));
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const telling = { catalog, language: currentLanguage(), t, palette };
  const unmet = definition.triggers.filter(({ id }) => tried?.unmet.includes(id));
  const data = tried ? Object.entries(tried.data) : [];
  return (
    <Modal opened onClose={onClose} title={t("automation.try_title")} size="lg">
      <p className={classes.help}>{t("automation.try_help")}</p>
      <div className={classes.ask}>
        {object && (
          <div className={classes.record}>
            <RecordPicker
              object={object}
              value={record}
              onPick={(picked) => {
                setRecord(picked);
                setTried(null);
              }}
              aria-label={t("automation.try_record")}
              placeholder={t("automation.try_record")}
            />
          </div>
        )}
        <Button
          leftSection={<FlaskConical size={15} />}
          loading={busy}
          disabled={Boolean(object) && !record}
          onClick={run}
        >
          {t("automation.try_run")}
        </Button>
      </div>
      {tried && (
        <div className={classes.tried} role="status">
          {unmet.length > 0 && (
            <Alert color="yellow" mb="sm" title={t("automation.try_unmet")}>
              {unmet.map((one) => (
                <div key={one.id}>{whenOf(one, object, telling)}</div>
              ))}
            </Alert>
          )}
          <p>
            <Chip hue={STATE_HUES[tried.state] ?? "slate"} dot>
              {t(`automation.run_${tried.state}`, { defaultValue: tried.state })}
            </Chip>
          </p>
          <Way lines={tried.way} more={tried.more} definition={definition} palette={palette} />
          {data.length > 0 && (
            <>
              <h2 className={shared.heading}>{t("automation.try_data")}</h2>
              <pre className={shared.data}>{JSON.stringify(tried.data, null, 2)}</pre>
            </>
          )}
          <Alert color="gray" mt="sm">
            {t("automation.try_nothing")}
          </Alert>
        </div>
      )}
    </Modal>
  );
}
