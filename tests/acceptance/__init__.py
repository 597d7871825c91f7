"""Acceptance: plans of generated and of benchmark tasks, judged by independent tools."""
