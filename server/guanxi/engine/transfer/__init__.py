"""Records in and out of the product as files: import with mapping, dry run and undo, and export."""
