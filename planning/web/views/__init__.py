"""Views, by the page they belong to."""
