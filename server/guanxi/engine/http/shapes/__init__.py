"""What the API answers and what it asks for, as types: the OpenAPI document and the browser's types are made of them."""
