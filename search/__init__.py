"""Full-text search: fold → analyse → index → query → result.

Knows the models, never the web. The database is the truth; the index is made from it and can be made again.
"""
