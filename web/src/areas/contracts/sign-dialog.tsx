/** Who signed a contract, on which side and when; with a signature by hand or a signed copy. */
import {
  Button,
  FileButton,
  Group,
  Modal,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Paperclip, PenLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "@/api/types";
import { errorMessage } from "@/lib/error-message";
import { uploadFiles } from "@/records/field-kinds/file/upload";
import { SignaturePad } from "@/records/field-kinds/signature/pad";
import { toastSuccess } from "@/ui/toast";
import { contractsChanged, signContract } from "./requests";

export function SignDialog({ contract, onClose }: { contract: string; onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [side, setSide] = useState("theirs");
  const [person, setPerson] = useState("");
  const [position, setPosition] = useState("");
  const [day, setDay] = useState("");
  const [drawing, setDrawing] = useState(false);
  const [picture, setPicture] = useState<FileValue | null>(null);
  const [copy, setCopy] = useState<FileValue | null>(null);
  const uploading = useMutation({
    mutationFn: async (file: File) => (await uploadFiles([file]))[0] ?? null,
    onSuccess: setCopy,
  });
  const signing = useMutation({
    mutationFn: () =>
      signContract(contract, {
        side,
        person: person.trim(),
        position: position.trim() || null,
        signed_on: day || null,
        picture: picture?.id ?? null,
        file: copy?.id ?? null,
      }),
    onSuccess: async ({ result }) => {
      toastSuccess(
        t(result.status === "approved" ? "contracts.one_signed" : `contracts.now_${result.status}`),
      );
      await contractsChanged(client);
      onClose();
    },
  });
  const draw = async (blob: Blob) => {
    const name = `${t("contracts.signature")}.png`;
    setPicture((await uploadFiles([new File([blob], name, { type: "image/png" })]))[0] ?? null);
    setDrawing(false);
  };
  const problem = signing.error ?? uploading.error;
  return (
    <Modal opened onClose={onClose} title={t("contracts.sign")} centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("contracts.sign_text")}
        </Text>
        <SegmentedControl
          value={side}
          onChange={setSide}
          data={["theirs", "ours"].map((one) => ({ value: one, label: t(`contracts.side_${one}`) }))}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            data-autofocus
            label={t("contracts.person")}
            maxLength={100}
            value={person}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
          <TextInput
            label={t("contracts.position")}
            maxLength={100}
            value={position}
            onChange={(event) => setPosition(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t("contracts.signed_on")}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </SimpleGrid>
        {drawing && <SignaturePad id="contract-signature" onKeep={draw} />}
        <Group gap="xs">
          {!drawing && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<PenLine size={14} />}
              onClick={() => setDrawing(true)}
            >
              {t(picture ? "contracts.drawn" : "contracts.draw")}
            </Button>
          )}
          <FileButton onChange={(file) => file && uploading.mutate(file)}>
            {(button) => (
              <Button
                {...button}
                size="compact-sm"
                variant="default"
                leftSection={<Paperclip size={14} />}
                loading={uploading.isPending}
              >
                {copy?.name ?? t("contracts.copy")}
              </Button>
            )}
          </FileButton>
        </Group>
        {problem && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(problem)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button
            disabled={person.trim() === ""}
            loading={signing.isPending}
            onClick={() => signing.mutate()}
          >
            {t("contracts.sign")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
