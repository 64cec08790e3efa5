"""Co-operation with other departments and regions: the letters that come in, the mechanisms, whom to write to."""

from casework.cooperation import letter_files, letters, mechanisms

BLUEPRINTS = (letters.blueprint, letter_files.blueprint, mechanisms.blueprint)
