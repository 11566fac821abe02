/** One input for each question of a form. */
import { Checkbox, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import type { FlowQuestion } from "@/api/types";
import type { Answers } from "./requests";

interface QuestionInputsProps {
  questions: readonly FlowQuestion[];
  answers: Answers;
  /** What is wrong with an answer, by the question's name. */
  problems: Record<string, string>;
  onAnswer(name: string, answer: unknown): void;
}

export function QuestionInputs({ questions, answers, problems, onAnswer }: QuestionInputsProps) {
  return (
    <Stack gap="md">
      {questions.map((question) => (
        <QuestionInput
          key={question.name}
          question={question}
          answer={answers[question.name]}
          problem={problems[question.name]}
          onAnswer={(answer) => onAnswer(question.name, answer)}
        />
      ))}
    </Stack>
  );
}

interface QuestionInputProps {
  question: FlowQuestion;
  answer: unknown;
  problem?: string;
  onAnswer(answer: unknown): void;
}

function QuestionInput({ question, answer, problem, onAnswer }: QuestionInputProps) {
  const said = { label: question.label, withAsterisk: question.required, error: problem };
  const text = typeof answer === "string" ? answer : "";
  switch (question.kind) {
    case "number":
      return (
        <NumberInput
          {...said}
          value={typeof answer === "number" ? answer : ""}
          onChange={(value) => onAnswer(typeof value === "number" ? value : null)}
        />
      );
    case "date":
      return <DatePickerInput {...said} clearable value={text || null} onChange={onAnswer} />;
    case "flag":
      return (
        <Checkbox
          label={question.label}
          error={problem}
          checked={answer === true}
          onChange={(event) => onAnswer(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <Select {...said} clearable data={question.options ?? []} value={text || null} onChange={onAnswer} />
      );
    case "long_text":
      return (
        <Textarea
          {...said}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        />
      );
    case "text":
      return <TextInput {...said} value={text} onChange={(event) => onAnswer(event.currentTarget.value)} />;
  }
}
