/** Every builder's texts in en as one table. */
const files = import.meta.glob<Record<string, string>>("./**/locale/en.json", {
  eager: true,
  import: "default",
});

export const texts: Record<string, string> = Object.assign({}, ...Object.values(files));
