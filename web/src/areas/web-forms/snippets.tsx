/** The address of a form, and what puts it into another site. */
import { Button, CopyButton, Textarea } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { addressOf, type WebForm } from "./requests";
import classes from "./web-forms.module.css";

export function Snippets({ form }: { form: WebForm }) {
  const { t } = useTranslation();
  const address = addressOf(form.token);
  const parts = [
    ["link", address],
    ["script", `<script src="${address}/embed.js" async></script>`],
    ["frame", `<iframe src="${address}" style="width:100%;height:640px;border:0"></iframe>`],
  ] as const;
  return (
    <section className={classes.snippets} aria-label={t("web-forms.publish")}>
      <h3>{t("web-forms.publish")}</h3>
      {parts.map(([key, text]) => (
        <div key={key} className={classes.snippet}>
          <Textarea
            label={t(`web-forms.${key}`)}
            description={t(`web-forms.${key}_help`)}
            value={text}
            readOnly
            autosize
            minRows={1}
          />
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                size="compact-md"
                leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
                onClick={copy}
              >
                {t(copied ? "web-forms.copied" : "web-forms.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      ))}
    </section>
  );
}
