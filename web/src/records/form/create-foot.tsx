/** The buttons of the create dialog. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./form.module.css";

interface CreateFootProps {
  busy: boolean;
  expanded: boolean;
  /** Are there fields beyond the quick ones? */
  more: boolean;
  /** May one save and go on with the next? Not when somebody waits for the one record. */
  another: boolean;
  /** Is it given to those who decide about it rather than saved? */
  submits: boolean;
  onExpand(): void;
  onSave(another: boolean): void;
}

export function CreateFoot({ busy, expanded, more, another, submits, onExpand, onSave }: CreateFootProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.foot}>
      {more && (
        <Button variant="subtle" color="gray" onClick={onExpand}>
          {t(expanded ? "form.collapse" : "form.expand")}
        </Button>
      )}
      <span className={classes.space} />
      {another && (
        <Button variant="default" disabled={busy} title="Ctrl Alt Enter" onClick={() => onSave(true)}>
          {t("form.save_and_new")}
        </Button>
      )}
      <Button loading={busy} title="Ctrl Enter" onClick={() => onSave(false)}>
        {t(submits ? "form.submit" : "form.save")}
      </Button>
    </div>
  );
}
