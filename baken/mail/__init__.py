"""Mail that leaves the house: the texts, the queue, delivery by SMTP, and who is not mailed any more.

Knows addresses and texts, no people: whoever asks for a mail gives both. A text says that something is
waiting in the office, never what: its contexts have no field in which anything of a case could travel.
"""
