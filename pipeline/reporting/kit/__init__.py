"""What every report is made of: blocks, numbers, charts, Markdown, and what may be disclosed."""
