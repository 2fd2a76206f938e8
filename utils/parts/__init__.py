"""Parts: making and changing them, moving them through the workflow, listing and counting them."""
