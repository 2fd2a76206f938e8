"""STEP files in, previews out: what a file says of itself, and its shape as a GLB."""
