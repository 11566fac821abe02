/** What the customer asked or said, and a way to say more. */
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { formatDateTime } from "@/lib/format";
import { FormProblem } from "@/ui/form-problem";
import classes from "./offer.module.css";
import { type OfferedQuote, useRemark } from "./requests";

export function Remarks({ offer, token }: { offer: OfferedQuote; token: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const send = useRemark(token);
  return (
    <section>
      <h2 className={classes.part}>{t("offer.remarks")}</h2>
      <ul className={classes.remarks}>
        {offer.remarks.map((one) => (
          <li key={one.at}>
            <span className={classes.hint}>
              {one.person ? `${one.person} · ` : ""}
              {formatDateTime(one.at)}
            </span>
            <p>{one.text}</p>
          </li>
        ))}
      </ul>
      <Stack gap="xs">
        <FormProblem text={send.isError ? errorMessage(send.error) : null} />
        <Textarea
          aria-label={t("offer.remark")}
          placeholder={t("offer.remark")}
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group>
          <Button
            variant="default"
            disabled={!text.trim()}
            loading={send.isPending}
            onClick={() => send.mutate({ text, name: offer.contact ?? "" }, { onSuccess: () => setText("") })}
          >
            {t("offer.send_remark")}
          </Button>
          {send.isSuccess && (
            <span className={classes.hint} role="status">
              {t("offer.remark_sent")}
            </span>
          )}
        </Group>
      </Stack>
    </section>
  );
}
