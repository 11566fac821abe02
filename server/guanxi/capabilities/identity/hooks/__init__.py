"""What must hold of members, departments and roles, whichever way they are written."""
