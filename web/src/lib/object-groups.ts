/** The product's groups of objects, in the order in which they stand in the navigation. */
export const GROUPS = [
  "customers",
  "sales",
  "orders",
  "products",
  "activities",
  "marketing",
  "service",
  "analytics",
] as const;
