"""The style guide as a test: what tools/check_style is made of."""
