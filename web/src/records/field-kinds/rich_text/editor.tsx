/** The rich editor: bold, italic, lists, quotes, links; nothing mail and print cannot show. */
import { Input } from "@mantine/core";
import { Link, RichTextEditor } from "@mantine/tiptap";
import "@mantine/tiptap/styles.css";
import Placeholder from "@tiptap/extension-placeholder";
import { useEditor as useTiptap } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "../field-kinds.module.css";
import { useEditor } from "../parts/use-editor";
import type { InputProps } from "../types";

export default function RichEditor(props: InputProps<string>) {
  const { t } = useTranslation();
  const { value, onChange, autoFocus, disabled } = props;
  /** What this editor said last; a different value from outside replaces the text. */
  const said = useRef<string | null>(value ?? null);
  const editor = useEditor<string>({ ...props, multiline: true }, () => said.current);
  const tiptap = useTiptap({
    extensions: [
      StarterKit.configure({ link: false, codeBlock: false }),
      Link.configure({ openOnClick: false, protocols: ["mailto", "tel"] }),
      Placeholder.configure({ placeholder: t("field-kinds.rich_placeholder") }),
    ],
    content: value ?? "",
    autofocus: autoFocus ? "end" : false,
    editable: !disabled,
    editorProps: {
      attributes: {
        "aria-label": props["aria-label"] ?? "",
        role: "textbox",
        "aria-multiline": "true",
        id: props.id ?? "",
      },
    },
    onUpdate: ({ editor: current }) => {
      said.current = current.isEmpty ? null : current.getHTML();
      onChange(said.current);
    },
  });
  useEffect(() => {
    if (!tiptap || (value ?? null) === said.current) return;
    said.current = value ?? null;
    tiptap.commands.setContent(value ?? "", { emitUpdate: false });
  }, [tiptap, value]);

  return (
    <Input.Wrapper error={props.error}>
      <RichTextEditor
        editor={tiptap}
        withTypographyStyles={false}
        classNames={{ content: classes.richContent }}
        onKeyDown={(event) => {
          if (event.key !== "Tab") editor.onKeyDown(event);
        }}
        onBlur={editor.onBlur}
        labels={{
          boldControlLabel: t("field-kinds.bold"),
          italicControlLabel: t("field-kinds.italic"),
          bulletListControlLabel: t("field-kinds.bullets"),
          orderedListControlLabel: t("field-kinds.numbers"),
          blockquoteControlLabel: t("field-kinds.quote"),
          linkControlLabel: t("field-kinds.link"),
          unlinkControlLabel: t("field-kinds.unlink"),
          linkEditorInputLabel: t("field-kinds.link_address"),
          linkEditorInputPlaceholder: "https://",
          linkEditorSave: t("field-kinds.link_save"),
        }}
      >
        <RichTextEditor.Toolbar>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
            <RichTextEditor.Link />
            <RichTextEditor.Unlink />
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
        <RichTextEditor.Content mih={props.compact ? 64 : 96} />
      </RichTextEditor>
    </Input.Wrapper>
  );
}
