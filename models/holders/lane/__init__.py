"""The record of a rights-holder: the fast lane 直通车 that a good one earns, the patterns that a person should look at.

Nothing here happens by itself. Numbers and signals are shown, people decide with reasons, the holder is told and can
appeal to somebody else. What the lane gives is the order of work and fewer papers; no legal period changes.
"""
