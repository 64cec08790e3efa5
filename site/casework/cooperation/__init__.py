"""Co-operation with other departments and regions: the mechanisms, and whom to write to."""

from casework.cooperation import mechanisms

BLUEPRINTS = (mechanisms.blueprint,)
