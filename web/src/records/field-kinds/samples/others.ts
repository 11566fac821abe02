/** Samples of the kinds that refer to records or files, or are worked out. */
import { computed, field, instant, type KindSample, options, same, typesInCell } from "./sample";

export const others: Record<string, KindSample> = {
  person: {
    field: field("person"),
    value: { id: "m1", title: "王芳" },
    text: same("王芳"),
    shown: same("王王芳"),
    typesInCell,
  },
  lookup: {
    field: field("lookup", { target: "company" }),
    value: { id: "c1", title: "云图物流" },
    text: same("云图物流"),
    typesInCell,
  },
  many_to_many: {
    field: field("many_to_many", { target: "contact" }),
    value: [
      { id: "p1", title: "李雷" },
      { id: "p2", title: "韩梅梅" },
    ],
    text: { "zh-CN": "李雷、韩梅梅", en: "李雷, 韩梅梅" },
    shown: same("李雷韩梅梅"),
  },
  about: {
    field: field("about", { targets: ["company", "contact"] }),
    value: { object: "company", id: "c1", title: "云图物流" },
    text: same("云图物流"),
  },
  file: {
    field: field("file"),
    value: [{ id: "f1", name: "合同.pdf", size: 2048, type: "application/pdf" }],
    text: same("合同.pdf"),
  },
  image: {
    field: field("image"),
    value: [{ id: "f1", name: "门店.jpg", size: 2048, type: "image/jpeg" }],
    text: same("门店.jpg"),
    shown: same(""),
    refused: [[[{ id: "f2", name: "合同.pdf", size: 1, type: "application/pdf" }], "“合同.pdf”不是图片"]],
  },
  signature: {
    field: field("signature"),
    value: [{ id: "f1", name: "签名.png", size: 2048, type: "image/png" }],
    text: { "zh-CN": "签名", en: "Signature" },
    shown: same(""),
    refused: [[[{ id: "f2", name: "a.jpg", size: 1, type: "image/jpeg" }], "请在框内手写签名"]],
  },
  formula: {
    field: computed("formula", "money", { currency: "CNY" }),
    value: { amount: "1234.5", currency: "CNY" },
    text: same("¥1,234.50"),
  },
  lookup_value: {
    field: computed("lookup_value", "choice", { options }),
    value: "old",
    text: { "zh-CN": "老客户", en: "Existing" },
  },
  roll_up: { field: computed("roll_up", "integer"), value: 1200, text: same("1,200") },
  last_activity: {
    field: computed("last_activity", "datetime"),
    value: instant,
    text: same("2026-11-21 16:30"),
  },
};
