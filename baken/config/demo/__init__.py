"""The demo: two invented regions with invented people, and real counts of one."""
