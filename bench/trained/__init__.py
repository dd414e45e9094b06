"""Training and judging the models with which `papers.formats.markdown` reads lists.

examples  the grammar's lists with the right label of each line and piece
training  the models of a folder, from a seed
judging   how well a folder of models reads what it was not trained on
"""
