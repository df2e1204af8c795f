"""People who work here: users, membership of a region, roles and what each role may do.

Owns log-in and the second factor (through allauth). Does not own what a permission protects: each app
checks its own actions with `member.check(Permission.…)`.
"""
