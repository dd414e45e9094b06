"""Lists in the notes of programs: Obsidian's, Notion's and Logseq's Markdown, front matter."""
