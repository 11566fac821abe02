/** What a SAML provider gives: its metadata by address, file or text, or what they say typed in by hand. */
import { Button, FileButton, Group, Text, Textarea, TextInput } from "@mantine/core";
import { CircleCheck, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSubmit } from "@/lib/use-submit";
import { FormProblem } from "@/ui/form-problem";
import { certificatesOf, textOf } from "./certificates";
import type { StepProps } from "./connection-step";
import { readMetadata } from "./requests";
import classes from "./single-sign-on.module.css";

export function SamlFields({ values, fields, set }: Omit<StepProps, "problem">) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [read, setRead] = useState(false);
  const [certificates, setCertificates] = useState(() => textOf(values.certificates));
  const { busy, problem, submit } = useSubmit();
  const understand = async (metadata: string) => {
    setRead(false);
    const done = await submit(async () => {
      const found = await readMetadata(metadata);
      set({ ...found });
      setCertificates(textOf(found.certificates));
    });
    setRead(done);
  };
  const open = async (file: File | null) => {
    if (!file) return;
    const content = await file.text();
    setText(content);
    await understand(content);
  };
  return (
    <>
      <div>
        <Textarea
          label={t("single-sign-on.metadata")}
          description={t("single-sign-on.metadata_text")}
          placeholder="https://login.example.com/metadata"
          autosize
          minRows={2}
          maxRows={6}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs" mt={8}>
          <Button
            variant="default"
            loading={busy}
            disabled={text.trim() === ""}
            onClick={() => understand(text)}
          >
            {t("single-sign-on.metadata_read")}
          </Button>
          <FileButton accept=".xml,text/xml,application/xml,application/samlmetadata+xml" onChange={open}>
            {(props) => (
              <Button {...props} variant="subtle" leftSection={<Upload size={14} />}>
                {t("single-sign-on.metadata_file")}
              </Button>
            )}
          </FileButton>
        </Group>
      </div>
      <FormProblem text={problem} />
      {read && (
        <Text size="xs" className={classes.right} role="status">
          <CircleCheck size={12} aria-hidden />{" "}
          {t("single-sign-on.metadata_done", { count: values.certificates.length })}
        </Text>
      )}
      <TextInput
        label={t("single-sign-on.idp_entity")}
        required
        value={values.issuer}
        error={fields.issuer}
        onChange={(event) => set({ issuer: event.currentTarget.value })}
      />
      <TextInput
        label={t("single-sign-on.idp_sign_in")}
        required
        value={values.sign_in_url}
        error={fields.sign_in_url}
        onChange={(event) => set({ sign_in_url: event.currentTarget.value })}
      />
      <Textarea
        label={t("single-sign-on.certificates")}
        description={t("single-sign-on.certificates_text")}
        required
        autosize
        minRows={3}
        maxRows={8}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
        value={certificates}
        error={fields.certificates}
        onChange={(event) => {
          setCertificates(event.currentTarget.value);
          set({ certificates: certificatesOf(event.currentTarget.value) });
        }}
      />
    </>
  );
}
