"""Public benchmark instances through the whole pipeline, beside other open planners."""
