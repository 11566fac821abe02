/** The drawer in which a rule or a record type is filled in; it asks before what was changed is given up. */
import { Button, Drawer, Group, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLeaving } from "@/records/form/use-leaving";

interface ComponentDrawerProps {
  title: string;
  unsaved: boolean;
  busy: boolean;
  onSubmit(): void;
  onClose(): void;
  /** What saving asks, where it asks something. */
  question: ReactNode;
  children: ReactNode;
}

export function ComponentDrawer(props: ComponentDrawerProps) {
  const { t } = useTranslation();
  const { leave, question } = useLeaving(props.unsaved && !props.busy);
  const close = () => leave(props.onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    props.onSubmit();
  };
  return (
    <Drawer
      opened
      onClose={close}
      title={props.title}
      position="right"
      size={640}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {props.children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" loading={props.busy}>
              {t("ui.save")}
            </Button>
          </Group>
        </Stack>
      </form>
      {props.question}
      {question}
    </Drawer>
  );
}
