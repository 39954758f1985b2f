"""Reports as pages of HTML: sections of blocks, laid out by templates."""
