/** A card that a stage would not take in: the same question as on the page of the opportunity. */
import { useQuery } from "@tanstack/react-query";
import { getRecord, recordKeys } from "@/lib/records";
import type { BoardMoveProps } from "@/records/board/extensions";
import { useStageGates } from "../requests/use-stages";
import { StageQuestion } from "./stage-question";

export function MoveOnBoard({ object, row, to, save, onClose }: BoardMoveProps) {
  const record = useQuery({
    queryKey: recordKeys.record(object.key, row.id),
    queryFn: ({ signal }) => getRecord(object.key, row.id, undefined, signal),
  }).data;
  const gate = useStageGates(row.id).data?.stages.find((stage) => stage.id === to);
  if (!record || !gate) return null;
  return <StageQuestion object={object} record={record} gate={gate} save={save} onClose={onClose} />;
}
