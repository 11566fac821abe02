/** Asks for the name of a view and who sees it. */
import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Scope = "private" | "shared";

export function SaveViewDialog({
  title,
  name: given,
  scope: givenScope,
  onSave,
  onClose,
}: {
  title: string;
  name: string;
  /** Null keeps the scope out of the question. */
  scope: Scope | null;
  onSave(name: string, scope: Scope): Promise<void>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(given);
  const [scope, setScope] = useState<Scope>(givenScope ?? "private");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await onSave(name.trim(), scope);
    } catch {
      // The toast of the request has told why; the dialog stays for another try.
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={420}
      title={title}
      closeButtonProps={{ "aria-label": t("views.cancel") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void save();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("views.name")}
            value={name}
            maxLength={60}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {givenScope && (
            <Radio.Group label={t("views.who")} value={scope} onChange={(next) => setScope(next as Scope)}>
              <Group mt={4}>
                <Radio value="private" label={t("views.only_me")} />
                <Radio value="shared" label={t("views.everybody")} />
              </Group>
            </Radio.Group>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("views.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={!name.trim()}>
              {t("views.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
