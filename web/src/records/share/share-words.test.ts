import { expect, test } from "vitest";
import { shareSentence } from "./share-words";

const receiver = { id: "m1", title: "李强" };

test.each([
  [null, "read", "王芳把记录共享给李强（可查看）"],
  ["read", "edit", "王芳把李强的共享权限改为可编辑"],
  ["edit", null, "王芳取消了对李强的共享"],
] as const)("from %s to %s", (old, now, sentence) => {
  expect(shareSentence({ kind: "member", receiver, old, new: now }, "王芳")).toBe(sentence);
});

test("a receiver the reader may not see stays unnamed", () => {
  const hidden = { id: "m2", title: null, restricted: true };
  expect(shareSentence({ kind: "member", receiver: hidden, old: null, new: "read" }, "王芳")).not.toContain(
    "null",
  );
});
