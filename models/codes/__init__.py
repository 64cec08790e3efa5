"""Numbers that people copy from papers: pure checks of form.

"The form is right" is all that a check digit can tell. Whether a company lives, a patent is in force or a
mark is still registered is a question for the registers.
"""
