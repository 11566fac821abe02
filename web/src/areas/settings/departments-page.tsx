/** The tree of departments. */
export function DepartmentsPage() {
  return null;
}
