"""A grammar of shapes: reading lists of our own invention, with their truth, thousands at a time.

A shape is a container (items, tables, paragraphs, headings, HTML …), an order of the details, and a
language, with everything that lists do besides: separators, bold and links, ticks, dates, notes,
and noise that is no paper. `lists` pours invented works into shapes; the truth is told by the same
step that writes the text. It is a test, a bench, and what a trained reader learns from.

Nothing in here comes from anyone's list. Production imports none of it.
"""
