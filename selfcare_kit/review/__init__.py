"""What of a guide clinicians have reviewed: its items, what was said of each, and the line that a page shows.

An item is a part of a guide that one person can say yes or no to, such as the place of a point. What an item says has a
digest; an answer holds for the digest that was read, so that an item which changes afterwards is open again.
"""
