"""Words that say what a piece of a line is. They are hints to the models and decide nothing."""
