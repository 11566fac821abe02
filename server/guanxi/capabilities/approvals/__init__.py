"""Approvals: what people decide before a change holds, or after it was made, as steps of a flow."""
