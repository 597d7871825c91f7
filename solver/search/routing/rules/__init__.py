"""The planning rules as parts of the routing model, a family a file."""
