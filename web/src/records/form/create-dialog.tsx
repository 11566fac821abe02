/** The dialog that makes a new record. */

/** Opens the dialog for `object`, with some values filled in. */
export function openCreateDialog(_object: string, _initialValues?: Record<string, unknown>): void {}
