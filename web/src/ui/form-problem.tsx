/** The refusal of a form as a whole, read out by screen readers when it appears. */
import { Alert } from "@mantine/core";
import { CircleAlert } from "lucide-react";

export function FormProblem({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={16} />} p="sm">
      {text}
    </Alert>
  );
}
