"""The HTTP kit: bodies in, answers and problems out, request numbers, languages, headers, the built screens."""
