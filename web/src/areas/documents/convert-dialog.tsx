/** Which lines of a document, and how much of each, a further one is made of; all that is left unless changed. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorMessage } from "@/lib/error-message";
import { formatNumber } from "@/lib/format";
import { RowsSkeleton } from "@/ui/states";
import classes from "./documents.module.css";
import { leftOf } from "./left";
import { convertibleQuery, documentsChanged, type Part, type Source } from "./requests";

interface ConvertDialogProps {
  source: Source;
  title: string;
  button: string;
  make(parts: Part[]): Promise<string>;
  onClose(): void;
  onMade(id: string): void;
}

export function ConvertDialog({ source, title, button, make, onClose, onMade }: ConvertDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(convertibleQuery(source));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const lines = (found.data ?? [])
    .map((line) => ({ line, left: leftOf(line) }))
    .filter(({ left }) => left !== 0);
  const parts: Part[] = lines
    .map(({ line, left }) => ({ line: line.id, quantity: (typed[line.id] ?? String(left)).trim() }))
    .filter(({ quantity }) => quantity !== "" && Number(quantity) !== 0);
  const making = useMutation({
    // What nobody changed is asked for as a whole, so that headings come along.
    mutationFn: () => make(Object.keys(typed).length === 0 ? [] : parts),
    onSuccess: async (id) => {
      await documentsChanged(client);
      onMade(id);
    },
    // Somebody may have been faster: what is left is read anew.
    onError: () => found.refetch(),
  });
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("documents.convert_help")}
        </Text>
        {found.isPending ? (
          <RowsSkeleton rows={3} height={36} />
        ) : lines.length === 0 ? (
          <Text size="sm">{t("documents.nothing_left")}</Text>
        ) : (
          <div className={classes.frame}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t("documents.item")}</th>
                  <th className={classes.number}>{t("documents.quantity")}</th>
                  <th className={classes.number}>{t("documents.left")}</th>
                  <th className={classes.number}>{t("documents.now")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ line, left }) => (
                  <tr key={line.id}>
                    <td>{line.name}</td>
                    <td className={classes.number}>
                      {formatNumber(line.quantity)} {line.unit?.title}
                    </td>
                    <td className={classes.number}>{formatNumber(left)}</td>
                    <td className={classes.number}>
                      <TextInput
                        size="xs"
                        inputMode="decimal"
                        className={classes.amount}
                        aria-label={t("documents.now_of", { item: line.name ?? "" })}
                        value={typed[line.id] ?? String(left)}
                        onChange={(event) => setTyped({ ...typed, [line.id]: event.currentTarget.value })}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {(making.isError || found.isError) && (
          <Text size="sm" c="var(--gx-danger)" role="alert">
            {errorMessage(making.error ?? found.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui.cancel")}
          </Button>
          <Button disabled={parts.length === 0} loading={making.isPending} onClick={() => making.mutate()}>
            {button}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
