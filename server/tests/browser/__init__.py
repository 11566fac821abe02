"""What a person does in the browser, on the running product with its sample workspace, in both languages."""
