"""What the clocks refuse. Every sentence names the rule or the day, so that a person can act on it."""

from models.errors import ActRefused, Invalid, NotFound


class UnknownRule(NotFound):
    """There is no rule of that id."""


class NotInForce(ActRefused):
    """The rule had no version in force on the day of the start event."""


class OutsideCalendar(ActRefused):
    """The count would leave the days that the calendar knows."""


class SuspensionRefused(ActRefused):
    """The rule does not allow this suspension."""


class ExtensionRefused(ActRefused):
    """The rule does not allow this extension."""


class RuleFileError(Invalid):
    """Rule files are wrong; `errors` maps "file:line" to a sentence."""


class CalendarFileError(Invalid):
    """A file with a year's holidays is wrong; `errors` maps places in it to sentences."""
