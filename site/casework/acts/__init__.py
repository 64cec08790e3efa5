"""What officers do to a case: one table of acts (`table`), one view for all of them (`views`), a form for each."""

from casework.acts.views import blueprint

__all__ = ["blueprint"]
