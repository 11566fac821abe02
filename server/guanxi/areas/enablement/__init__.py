"""What helps people sell: words to say, material to hand out, and what came of both."""
