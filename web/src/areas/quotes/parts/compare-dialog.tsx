/** What this version of a quote has and the one before had not. */
import { Modal, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { QuoteComparison } from "@/api/types";
import { formatMoney, formatNumber } from "@/lib/format";
import { Chip } from "@/ui/chip";
import { ErrorState, RowsSkeleton } from "@/ui/states";
import { useComparison } from "../requests";
import classes from "./quotes.module.css";

const HUES = { added: "green", removed: "red", changed: "amber" } as const;
const SHOWN = [
  ["quantity", "quotes.quantity"],
  ["unit_price", "quotes.unit_price"],
  ["total", "quotes.line_total"],
] as const;

interface CompareDialogProps {
  quote: string;
  previous: string;
  onClose(): void;
}

export function CompareDialog({ quote, previous, onClose }: CompareDialogProps) {
  const { t } = useTranslation();
  const { data, error } = useComparison(quote, previous);
  return (
    <Modal opened onClose={onClose} title={t("quotes.compare")} size={720}>
      {error ? (
        <ErrorState error={error} compact />
      ) : data ? (
        <Compared told={data} />
      ) : (
        <RowsSkeleton rows={4} />
      )}
    </Modal>
  );
}

function Compared({ told }: { told: QuoteComparison }) {
  const { t } = useTranslation();
  const money = (side: QuoteComparison["before"]) =>
    side.total && side.currency ? formatMoney({ amount: side.total, currency: side.currency }) : "—";
  return (
    <div className={classes.compared}>
      <dl className={classes.totals}>
        {(["before", "after"] as const).map((side) => (
          <div key={side}>
            <dt>
              {t(`quotes.${side}`)} · V{told[side].version}
            </dt>
            <dd>{money(told[side])}</dd>
          </div>
        ))}
      </dl>
      {told.lines.length === 0 ? (
        <p className={classes.hint}>{t("quotes.no_difference")}</p>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {told.lines.map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same product may stand twice, in this order.
                <Table.Tr key={at}>
                  <Table.Td>
                    <Chip hue={HUES[line.change]}>{t(`quotes.${line.change}`)}</Chip>
                  </Table.Td>
                  <Table.Td>{line.name}</Table.Td>
                  {SHOWN.map(([key, name]) => (
                    <Table.Td key={key} data-differs={line.fields.includes(key) || undefined}>
                      <span className={classes.what}>{t(name)}</span>{" "}
                      <Values before={line.before?.[key]} after={line.after?.[key]} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}

function Values({ before, after }: { before: unknown; after: unknown }) {
  const words = (value: unknown) =>
    formatNumber(value === null || value === undefined ? null : String(value));
  if (before === undefined) return <>{words(after)}</>;
  if (after === undefined) return <s>{words(before)}</s>;
  if (before === after) return <>{words(after)}</>;
  return (
    <>
      <s>{words(before)}</s> → <b>{words(after)}</b>
    </>
  );
}
