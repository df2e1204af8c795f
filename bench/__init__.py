"""The main jobs, each measured beside its floor in the same run: `make bench`, `make bench JOB=name`.

A floor is the least anybody would have to do: a bare Django page, a bare insert, a plain COPY, the
engine asked directly. Both are measured in turns, so that what else the machine does cancels out.
"""
