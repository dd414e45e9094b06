"""An experiment: a reader of Markdown lists that is trained on the grammar's lists alone.

lines     the lines of a text, with what Markdown makes of them
segments  the pieces of a line between punctuation and marks
features  what the models see of a line and of a segment
models    two conditional random fields, each asked twice: what is this line, what is this piece?
          The second time they also see what was said of pieces and lines of the same shape.
assembly  labels to papers
"""
