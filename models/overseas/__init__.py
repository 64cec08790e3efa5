"""海外纠纷: the countries and regions whose disputes the bureau helps with."""
