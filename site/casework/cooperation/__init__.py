"""Co-operation with other departments and regions: the letters that come in, the mechanisms, whom to write to."""

from casework.cooperation import letters, mechanisms

BLUEPRINTS = (letters.blueprint, mechanisms.blueprint)
